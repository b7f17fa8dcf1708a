#include "system_calls.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "device.h"

namespace hyperv_kvp {

namespace {

void MakeDevice(struct stat* status) { status->st_mode = (status->st_mode & ~mode_t{S_IFMT}) | S_IFCHR; }

int Stat(const char* path, struct stat* status) {
  const int result = ::stat(path, status);
  if (result == 0 && S_ISSOCK(status->st_mode)) MakeDevice(status);
  return result;
}

int Fstat(int fd, struct stat* status) {
  const int result = ::fstat(fd, status);
  if (result == 0 && DeviceOf(fd) != nullptr) MakeDevice(status);
  return result;
}

int Open(const char* path, int flags) {
  struct stat status;
  const bool is_device = ::stat(path, &status) == 0 && S_ISSOCK(status.st_mode);
  return is_device ? DeviceAt(path).Open() : ::open(path, flags);
}

// The device knows of POLLIN only. Once it is destroyed the driver kills the daemon, however that waits.
int Poll(pollfd* waits, nfds_t count, const timespec* timeout) {
  const int result = ::ppoll(waits, count, timeout, nullptr);
  for (nfds_t index = 0; index < count; index += 1) {
    pollfd& wait = waits[index];
    if ((wait.revents & (POLLHUP | POLLERR)) != 0 && DeviceOf(wait.fd) != nullptr) raise(SIGKILL);
  }
  return result;
}

ssize_t Pread(int fd, void* buffer, size_t size, off_t offset) {
  Device* device = DeviceOf(fd);
  return device != nullptr ? device->Read(buffer, size, offset) : ::pread(fd, buffer, size, offset);
}

ssize_t Pwrite(int fd, const void* buffer, size_t size, off_t offset) {
  Device* device = DeviceOf(fd);
  return device != nullptr ? device->Write(buffer, size) : ::pwrite(fd, buffer, size, offset);
}

int Close(int fd) {
  Device* device = DeviceOf(fd);
  if (device == nullptr) return ::close(fd);
  device->Close();
  return 0;
}

}  // namespace

// The kernel's own for whatever is not the device.
const SystemCalls system_calls = {Stat, Open, Fstat, Poll, Pread, Pwrite, ::recv, ::send, Close};

}  // namespace hyperv_kvp

#include "system_calls.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <vector>

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

using Nanoseconds = std::chrono::nanoseconds;

timespec TimespecOf(Nanoseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  return {seconds.count(), (time - seconds).count()};
}

bool IsShorter(Nanoseconds time, const timespec* limit) {
  return limit == nullptr || time < std::chrono::seconds{limit->tv_sec} + Nanoseconds{limit->tv_nsec};
}

// How long one of the devices will take no request, because its driver sleeps.
Nanoseconds LongestSleep(const pollfd* waits, nfds_t count) {
  Nanoseconds longest{0};
  for (nfds_t index = 0; index < count; index += 1) {
    const Device* device = DeviceOf(waits[index].fd);
    if (device != nullptr) longest = std::max(longest, device->SleepsOn());
  }
  return longest;
}

// The others' events while the device of a sleeping driver has none.
int PollOthers(pollfd* waits, nfds_t count, const timespec& timeout) {
  if (count == 0) return ::ppoll(nullptr, 0, &timeout, nullptr);
  std::vector<pollfd> others(waits, waits + count);
  for (pollfd& wait : others) {
    if (DeviceOf(wait.fd) != nullptr) wait.fd = -1;
  }
  const int result = ::ppoll(others.data(), count, &timeout, nullptr);
  for (nfds_t index = 0; index < count; index += 1) waits[index].revents = others[index].revents;
  return result;
}

// The device knows of POLLIN only. Once it is destroyed the driver kills the daemon, however that waits.
int Poll(pollfd* waits, nfds_t count, const timespec* timeout) {
  const Nanoseconds sleep = LongestSleep(waits, count);
  if (sleep.count() > 0) {
    const bool outlasts = IsShorter(sleep, timeout);
    const int result = PollOthers(waits, count, outlasts ? TimespecOf(sleep) : *timeout);
    return result != 0 || !outlasts ? result : Poll(waits, count, timeout);
  }
  const int result = ::ppoll(waits, count, timeout, nullptr);
  for (nfds_t index = 0; index < count; index += 1) {
    const pollfd& wait = waits[index];
    Device* device = DeviceOf(wait.fd);
    if (device == nullptr) continue;
    if ((wait.revents & (POLLHUP | POLLERR)) != 0) raise(SIGKILL);
    if ((wait.revents & POLLIN) != 0) device->Announce();
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
const SystemCalls system_calls = {Stat, Open, Fstat, Poll, Pread, Pwrite, ::recvmsg, ::send, Close};

}  // namespace hyperv_kvp

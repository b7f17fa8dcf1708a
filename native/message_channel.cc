#include "message_channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "seqpacket.h"
#include "system_calls.h"

namespace hyperv_kvp {

namespace {

enum class Kind { kDevice, kSocket, kOther };

Kind KindOf(const struct stat& status) {
  if (S_ISSOCK(status.st_mode)) return Kind::kSocket;
  return S_ISCHR(status.st_mode) ? Kind::kDevice : Kind::kOther;
}

Kind KindOf(int fd) {
  struct stat status;
  return system_calls.fstat(fd, &status) == 0 ? KindOf(status) : Kind::kOther;
}

Kind KindOf(const std::string& path) {
  struct stat status;
  return system_calls.stat(path.c_str(), &status) == 0 ? KindOf(status) : Kind::kOther;
}

// Anything but a device is refused: a registration written into a regular file would damage it.
UniqueFd OpenDevice(const std::string& path) {
  UniqueFd fd(system_calls.open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  // FreeBSD's driver answers a second open with a negative errno, which reaches us as it is.
  if (!fd.IsOpen()) errno = std::abs(errno);
  if (fd.IsOpen() && KindOf(fd.get()) != Kind::kDevice) {
    fd.Reset();
    errno = ENODEV;
  }
  return fd;
}

}  // namespace

MessageChannel::MessageChannel(UniqueFd fd)
    : fd_(std::move(fd)), is_socket_(fd_.IsOpen() && KindOf(fd_.get()) == Kind::kSocket) {}

MessageChannel MessageChannel::Open(const std::string& path) {
  return MessageChannel(KindOf(path) == Kind::kSocket ? ConnectSeqpacket(path) : OpenDevice(path));
}

short MessageChannel::Poll(int timeout_ms) const {
  pollfd wait{fd_.get(), POLLIN, 0};
  while (system_calls.poll(&wait, 1, timeout_ms) < 0) {
    if (errno != EINTR) return POLLERR;
  }
  return wait.revents;
}

// Both drivers ignore O_NONBLOCK, and FreeBSD's read cannot even be killed, so nothing is read that poll did not
// announce; a signal sends us back to poll. FreeBSD's driver honours the file offset: hence pread and pwrite at 0,
// which Linux's takes too.
ssize_t MessageChannel::Read(void* buffer, size_t size) const {
  ssize_t count = 0;
  do {
    if (Poll(0) == 0) {
      errno = EAGAIN;
      return -1;
    }
    count = is_socket_ ? system_calls.recv(fd_.get(), buffer, size, 0) : system_calls.pread(fd_.get(), buffer, size, 0);
  } while (count < 0 && errno == EINTR);
  return count;
}

ssize_t MessageChannel::Write(const void* buffer, size_t size) const {
  ssize_t count = 0;
  do {
    count = is_socket_ ? system_calls.send(fd_.get(), buffer, size, MSG_NOSIGNAL | MSG_DONTWAIT)
                       : system_calls.pwrite(fd_.get(), buffer, size, 0);
  } while (count < 0 && errno == EINTR);
  return count;
}

}  // namespace hyperv_kvp

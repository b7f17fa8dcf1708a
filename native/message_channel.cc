#include "message_channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "packet_socket.h"
#include "read_pause.h"
#include "record_end.h"
#include "system_calls.h"

namespace hyperv_kvp {

namespace {

constexpr int kMillisecondsPerSecond = 1000;
constexpr long kNanosecondsPerMillisecond = 1000000;

enum class Kind { kDevice, kSocket, kOther };

Kind KindOf(const struct stat& status) {
  if (S_ISSOCK(status.st_mode)) return Kind::kSocket;
  return S_ISCHR(status.st_mode) ? Kind::kDevice : Kind::kOther;
}

Kind KindOf(int fd) {
  struct stat status = {};
  return system_calls.fstat(fd, &status) == 0 ? KindOf(status) : Kind::kOther;
}

Kind KindOf(const std::string& path) {
  struct stat status = {};
  return system_calls.stat(path.c_str(), &status) == 0 ? KindOf(status) : Kind::kOther;
}

ssize_t ReadRecord(int fd, void* buffer, size_t size) {
  iovec part{buffer, size};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  const ssize_t count = system_calls.recvmsg(fd, &message, 0);
  if (count <= 0 || IsWholeRecord(message.msg_flags)) return count;
  errno = EMSGSIZE;
  return -1;
}

ssize_t ReadDevice(int fd, void* buffer, size_t size) {
  PauseBeforeRead();
  return system_calls.pread(fd, buffer, size, 0);
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
  return MessageChannel(KindOf(path) == Kind::kSocket ? ConnectPacketSocket(path) : OpenDevice(path));
}

short MessageChannel::Poll(int timeout_ms) const {
  pollfd wait{fd_.get(), POLLIN, 0};
  const timespec timeout{timeout_ms / kMillisecondsPerSecond,
                         static_cast<long>(timeout_ms % kMillisecondsPerSecond) * kNanosecondsPerMillisecond};
  while (system_calls.poll(&wait, 1, timeout_ms < 0 ? nullptr : &timeout) < 0) {
    if (errno != EINTR) return POLLERR;
  }
  return wait.revents;
}

// Nothing too if a signal came first, for JavaScript shall see to it.
short MessageChannel::PollBriefly(uint32_t wait_us) const {
  pollfd channel{fd_.get(), POLLIN, 0};
  if (brief_wait_.Poll(&channel, wait_us) < 0) return errno == EINTR ? short{0} : POLLERR;
  return channel.revents;
}

// Both drivers ignore O_NONBLOCK, and FreeBSD's read cannot even be killed, so nothing is read that poll did not
// announce; a signal sends us back to poll. FreeBSD's driver honours the file offset: hence pread and pwrite at 0,
// which Linux's takes too.
ssize_t MessageChannel::Read(void* buffer, size_t size, uint32_t wait_us) const {
  if (!IsOpen()) {
    errno = EBADF;
    return -1;
  }
  ssize_t count = 0;
  do {
    const short revents = PollBriefly(wait_us);
    if (revents == 0) {
      errno = EAGAIN;
      return -1;
    }
    if ((revents & POLLIN) == 0) return 0;
    count = is_socket_ ? ReadRecord(fd_.get(), buffer, size) : ReadDevice(fd_.get(), buffer, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

ssize_t MessageChannel::Write(const void* buffer, size_t size) const {
  ssize_t count = 0;
  do {
    count = is_socket_ ? system_calls.send(fd_.get(), buffer, size, MSG_NOSIGNAL | MSG_DONTWAIT | MSG_EOR)
                       : system_calls.pwrite(fd_.get(), buffer, size, 0);
  } while (count < 0 && errno == EINTR);
  return count;
}

}  // namespace hyperv_kvp

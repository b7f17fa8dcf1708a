// A channel whose system calls do whatever the fuzzer's bytes say: any result, any errno, in any order.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "message_channel.h"
#include "system_calls.h"

namespace {

const uint8_t* script = nullptr;
size_t left = 0;
int opened = 0;

// At its end the script says 0, which ends every loop.
uint8_t Next() {
  if (left == 0) return 0;
  left -= 1;
  return *script++;
}

constexpr int kErrors[] = {EINTR, EAGAIN, EINVAL, EIO, EBADF, ENODEV, EPERM, EBUSY, -EBUSY, ENXIO};

int Failure() {
  errno = kErrors[Next() % (sizeof kErrors / sizeof *kErrors)];
  return -1;
}

bool Fails() { return (Next() & 1) != 0; }

int Status(struct stat* status) {
  if (Fails()) return Failure();
  constexpr mode_t kModes[] = {S_IFSOCK, S_IFCHR, S_IFREG, S_IFDIR, S_IFIFO};
  *status = {};
  status->st_mode = kModes[Next() % (sizeof kModes / sizeof *kModes)];
  return 0;
}

int Open() {
  if (Fails()) return Failure();
  opened += 1;
  return open("/dev/null", O_RDWR | O_CLOEXEC);
}

int Poll(pollfd* wait) {
  if (Fails()) return Failure();
  wait->revents = Next();
  return wait->revents == 0 ? 0 : 1;
}

// Never more than there is room for: the kernel keeps to that.
ssize_t Transfer(void* into, size_t size) {
  if (Fails()) return Failure();
  const size_t count = size * Next() / UINT8_MAX;
  if (into != nullptr) std::memset(into, Next(), count);
  return static_cast<ssize_t>(count);
}

}  // namespace

namespace hyperv_kvp {

const SystemCalls system_calls = {
    [](const char*, struct stat* status) { return Status(status); },
    [](const char*, int) { return Open(); },
    [](int, struct stat* status) { return Status(status); },
    [](pollfd* waits, nfds_t, const timespec*) { return Poll(waits); },
    [](int, void* buffer, size_t size, off_t) { return Transfer(buffer, size); },
    [](int, const void*, size_t size, off_t) { return Transfer(nullptr, size); },
    [](int, msghdr* message, int) {
      message->msg_flags = Next();
      return Transfer(message->msg_iov->iov_base, message->msg_iov->iov_len);
    },
    [](int, const void*, size_t size, int) { return Transfer(nullptr, size); },
    [](int fd) {
      opened -= 1;
      return close(fd);
    },
};

}  // namespace hyperv_kvp

namespace {

// By its path, or of a descriptor that was given.
hyperv_kvp::MessageChannel ChannelOf(bool by_path) {
  if (by_path) return hyperv_kvp::MessageChannel::Open("/nonexistent/device");
  return hyperv_kvp::MessageChannel(hyperv_kvp::UniqueFd(Open()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  script = data;
  left = size;
  opened = 0;
  {
    const bool by_path = Fails();
    hyperv_kvp::MessageChannel channel = ChannelOf(by_path);
    if (by_path && !channel.IsOpen() && errno <= 0) std::abort();
    while (left > 0) {
      std::vector<char> buffer(Next());
      switch (Next() % 5) {
        case 0:
          channel.Poll(0);
          break;
        case 1:
          if (channel.Read(buffer.data(), buffer.size(), Next()) > static_cast<ssize_t>(buffer.size())) std::abort();
          break;
        case 2:
          if (channel.Write(buffer.data(), buffer.size()) > static_cast<ssize_t>(buffer.size())) std::abort();
          break;
        case 3:
          channel.IsReadable();
          break;
        default:
          channel.Close();
          break;
      }
    }
  }
  // Whatever happened, nothing is left open.
  if (opened > 0) std::abort();
  return 0;
}

#include "packet_socket.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "unix_address.h"

namespace hyperv_kvp {

namespace {

constexpr int kBacklog = 8;

// A socket at a path, made useful there by connect, or by bind and listen.
template <typename Use>
UniqueFd SocketAt(const std::string& path, Use use) {
  const auto address = AddressOf(path);
  if (!address) return UniqueFd();
  // Non-blocking, so that a simulated driver that does not accept holds nobody up.
  UniqueFd fd(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (fd.IsOpen() && !use(fd.get(), address->generic(), address->length)) {
    const int error = errno;
    fd.Reset();
    errno = error;
  }
  return fd;
}

}  // namespace

UniqueFd ConnectPacketSocket(const std::string& path) {
  return SocketAt(path,
                  [](int fd, const sockaddr* address, socklen_t size) { return connect(fd, address, size) == 0; });
}

UniqueFd ListenPacketSocket(const std::string& path) {
  return SocketAt(path, [](int fd, const sockaddr* address, socklen_t size) {
    return bind(fd, address, size) == 0 && listen(fd, kBacklog) == 0;
  });
}

UniqueFd AcceptPacketSocket(int listener) {
  // A supervisor's listener is one that waits.
  pollfd waiting{listener, POLLIN, 0};
  if (poll(&waiting, 1, 0) == 0) {
    errno = EAGAIN;
    return UniqueFd();
  }
  return UniqueFd(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

}  // namespace hyperv_kvp

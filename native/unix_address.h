#ifndef HYPERV_KVP_UNIX_ADDRESS_H_
#define HYPERV_KVP_UNIX_ADDRESS_H_

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <string>

namespace hyperv_kvp {

struct UnixAddress {
  sockaddr_un address;
  socklen_t length;

  const sockaddr* generic() const { return reinterpret_cast<const sockaddr*>(&address); }
};

// The address of a socket in the file system or, for a name that begins with "@", of one of Linux's abstract sockets,
// whose names end where the address does. Nothing, with errno set, for a name that is too long.
inline std::optional<UnixAddress> AddressOf(const std::string& name) {
  UnixAddress result{};
  result.address.sun_family = AF_UNIX;
  if (name.size() >= sizeof result.address.sun_path) {
    errno = ENAMETOOLONG;
    return std::nullopt;
  }
  std::copy(name.begin(), name.end(), result.address.sun_path);
  const bool is_abstract = !name.empty() && name.front() == '@';
  if (is_abstract) result.address.sun_path[0] = '\0';
  const auto used = offsetof(sockaddr_un, sun_path) + name.size();
  result.length = static_cast<socklen_t>(is_abstract ? used : sizeof result.address);
  return result;
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_UNIX_ADDRESS_H_

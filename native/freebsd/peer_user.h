#ifndef HYPERV_KVP_PEER_USER_H_
#define HYPERV_KVP_PEER_USER_H_

#include <sys/types.h>
#include <unistd.h>

#include <optional>

namespace hyperv_kvp {

// Who connected, as the kernel noted it then; nothing, with errno set, if that is unknown.
inline std::optional<uid_t> ReadPeerUser(int fd) {
  uid_t user = 0;
  gid_t group = 0;
  if (getpeereid(fd, &user, &group) != 0) return std::nullopt;
  return user;
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_PEER_USER_H_

#ifndef HYPERV_KVP_PEER_USER_H_
#define HYPERV_KVP_PEER_USER_H_

#include <sys/socket.h>

#include <optional>

namespace hyperv_kvp {

// Who connected, as the kernel noted it then; nothing, with errno set, if that is unknown.
inline std::optional<uid_t> ReadPeerUser(int fd) {
  ucred peer = {};
  socklen_t size = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer.uid;
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_PEER_USER_H_

#ifndef HYPERV_KVP_PACKET_SOCKET_H_
#define HYPERV_KVP_PACKET_SOCKET_H_

#include <string>

#include "unique_fd.h"

namespace hyperv_kvp {

// AF_UNIX SOCK_SEQPACKET sockets that never block. What fails is not open, with errno set.
UniqueFd ConnectPacketSocket(const std::string& path);
UniqueFd ListenPacketSocket(const std::string& path);

// EAGAIN when no connection waits.
UniqueFd AcceptPacketSocket(int listener);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_PACKET_SOCKET_H_

#ifndef HYPERV_KVP_SEQPACKET_H_
#define HYPERV_KVP_SEQPACKET_H_

#include <string>

#include "unique_fd.h"

namespace hyperv_kvp {

// AF_UNIX SOCK_SEQPACKET sockets that never block. What fails is not open, with errno set.
UniqueFd ConnectSeqpacket(const std::string& path);
UniqueFd ListenSeqpacket(const std::string& path);

// EAGAIN when no connection waits.
UniqueFd AcceptSeqpacket(int listener);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_SEQPACKET_H_

#ifndef HYPERV_KVP_SEQPACKET_H_
#define HYPERV_KVP_SEQPACKET_H_

#include <napi.h>

#include <string>

#include "unique_fd.h"

namespace hyperv_kvp {

// A socket connected to the simulated driver at `path`; not open, with errno set, when there is none.
UniqueFd ConnectSeqpacket(const std::string& path);

// listenSeqpacket(path): descriptor of a new listening AF_UNIX SOCK_SEQPACKET socket.
Napi::Value ListenSeqpacket(const Napi::CallbackInfo& info);

// acceptSeqpacket(fd): descriptor of the next connection; throws EAGAIN when none waits.
Napi::Value AcceptSeqpacket(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_SEQPACKET_H_

#ifndef HYPERV_KVP_SIMULATOR_SOCKET_H_
#define HYPERV_KVP_SIMULATOR_SOCKET_H_

#include <napi.h>

namespace hyperv_kvp {

// listenSeqpacket(path): descriptor of a new listening socket, in place of the device.
Napi::Value ListenForDaemons(const Napi::CallbackInfo& info);

// acceptSeqpacket(fd): descriptor of the next connection; throws EAGAIN when none waits.
Napi::Value AcceptDaemon(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_SIMULATOR_SOCKET_H_

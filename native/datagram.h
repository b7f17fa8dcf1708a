#ifndef HYPERV_KVP_DATAGRAM_H_
#define HYPERV_KVP_DATAGRAM_H_

#include <napi.h>

namespace hyperv_kvp {

// sendDatagram(name, text): one message to the AF_UNIX SOCK_DGRAM socket of that name, see AddressOf. Waits while the
// receiver's queue is full.
Napi::Value SendDatagram(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_DATAGRAM_H_

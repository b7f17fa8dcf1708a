#ifndef HYPERV_KVP_DATAGRAM_H_
#define HYPERV_KVP_DATAGRAM_H_

#include <napi.h>

#include <string>

namespace hyperv_kvp {

// One message to the AF_UNIX SOCK_DGRAM socket of a name, see AddressOf. False, with errno set, if it cannot be sent at
// once: EAGAIN while the receiver's queue is full.
bool SendAtOnce(const std::string& name, const std::string& text);

// sendDatagram(name, text): the same.
Napi::Value SendDatagram(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_DATAGRAM_H_

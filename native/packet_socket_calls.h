#ifndef HYPERV_KVP_PACKET_SOCKET_CALLS_H_
#define HYPERV_KVP_PACKET_SOCKET_CALLS_H_

#include <napi.h>

namespace hyperv_kvp {

// AF_UNIX SOCK_SEQPACKET sockets between processes of this machine, whose packets may carry a descriptor.

// listenSeqpacket(path): descriptor of a new listening socket.
Napi::Value ListenSeqpacket(const Napi::CallbackInfo& info);

// acceptSeqpacket(fd): descriptor of the next connection; throws EAGAIN when none waits.
Napi::Value AcceptSeqpacket(const Napi::CallbackInfo& info);

// connectSeqpacket(path): descriptor of a connection.
Napi::Value ConnectSeqpacket(const Napi::CallbackInfo& info);

// socketPair(): the descriptors of both ends of a connection.
Napi::Value SocketPair(const Napi::CallbackInfo& info);

// sendPacket(fd, bytes, descriptor?): never waits, throws EAGAIN instead. The descriptor stays open here.
void SendPacket(const Napi::CallbackInfo& info);

// receivePacket(fd, into, timeoutMs): `size` of the next packet in bytes, 0 if the other side is gone, and the
// `descriptor` that came with it, -1 if none did. Throws ETIMEDOUT, and EMSGSIZE for a packet that does not fit.
Napi::Value ReceivePacket(const Napi::CallbackInfo& info);

// peerUser(fd): the effective user id of the process that connected.
Napi::Value PeerUser(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_PACKET_SOCKET_CALLS_H_

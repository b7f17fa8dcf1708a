#include "packet_socket_calls.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "errno_error.h"
#include "packet_socket.h"
#include "peer_user.h"
#include "record_end.h"
#include "unique_fd.h"

namespace hyperv_kvp {

namespace {

using Bytes = Napi::Buffer<char>;

// One packet and its control data as sendmsg and recvmsg have them.
struct Packet {
  Packet(char* bytes, size_t size) : part{bytes, size} {
    message.msg_iov = &part;
    message.msg_iovlen = 1;
  }

  iovec part;
  // For one descriptor; the alignment may leave room for a second.
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control = {};
  msghdr message = {};
};

void Attach(Packet& packet, int descriptor) {
  packet.message.msg_control = packet.control.data();
  packet.message.msg_controllen = static_cast<socklen_t>(packet.control.size());
  cmsghdr* header = CMSG_FIRSTHDR(&packet.message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
}

// The first descriptor that came; no other stays open.
UniqueFd Detach(const Packet& packet) {
  const cmsghdr* header = CMSG_FIRSTHDR(&packet.message);
  UniqueFd first;
  if (header == nullptr || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return first;
  const size_t size = header->cmsg_len - CMSG_LEN(0);
  for (size_t offset = 0; offset + sizeof(int) <= size; offset += sizeof(int)) {
    int descriptor = 0;
    std::memcpy(&descriptor, CMSG_DATA(header) + offset, sizeof descriptor);
    UniqueFd next(descriptor);
    if (!first.IsOpen()) first = std::move(next);
  }
  return first;
}

// Whether there is something to receive within the time; signals do not end the wait.
bool IsReadableWithin(int fd, int timeout_ms) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::milliseconds(timeout_ms);
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd wait{fd, POLLIN, 0};
    const int count = poll(&wait, 1, left > 0 ? static_cast<int>(left) : 0);
    if (count > 0) return true;
    if (count == 0) errno = ETIMEDOUT;
    if (count == 0 || errno != EINTR) return false;
  }
}

}  // namespace

Napi::Value ListenSeqpacket(const Napi::CallbackInfo& info) {
  return DescriptorOrThrow(info.Env(), ListenPacketSocket(info[0].As<Napi::String>()), "listen");
}

Napi::Value AcceptSeqpacket(const Napi::CallbackInfo& info) {
  return DescriptorOrThrow(info.Env(), AcceptPacketSocket(info[0].As<Napi::Number>()), "accept");
}

Napi::Value ConnectSeqpacket(const Napi::CallbackInfo& info) {
  return DescriptorOrThrow(info.Env(), ConnectPacketSocket(info[0].As<Napi::String>()), "connect");
}

Napi::Value SocketPair(const Napi::CallbackInfo& info) {
  std::array<int, 2> ends = {};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0) {
    ThrowErrno(info.Env(), errno, "socketpair");
    return info.Env().Undefined();
  }
  auto result = Napi::Array::New(info.Env());
  for (const int end : ends) result[result.Length()] = Napi::Number::New(info.Env(), end);
  return result;
}

void SendPacket(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  const auto bytes = info[1].As<Bytes>();
  Packet packet(bytes.Data(), bytes.Length());
  if (info[2].IsNumber()) Attach(packet, info[2].As<Napi::Number>());
  ssize_t count = 0;
  do {
    count = sendmsg(fd, &packet.message, MSG_DONTWAIT | MSG_NOSIGNAL | MSG_EOR);
  } while (count < 0 && errno == EINTR);
  if (count < 0) ThrowErrno(info.Env(), errno, "sendmsg");
}

Napi::Value ReceivePacket(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const int fd = info[0].As<Napi::Number>();
  const auto into = info[1].As<Bytes>();
  Packet packet(into.Data(), into.Length());
  packet.message.msg_control = packet.control.data();
  packet.message.msg_controllen = static_cast<socklen_t>(packet.control.size());
  ssize_t count = -1;
  if (IsReadableWithin(fd, info[2].As<Napi::Number>())) {
    count = recvmsg(fd, &packet.message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  }
  if (count < 0) {
    ThrowErrno(env, errno, "recvmsg");
    return env.Undefined();
  }
  UniqueFd descriptor = Detach(packet);
  if (count > 0 && !IsWholeRecord(packet.message.msg_flags)) {
    ThrowErrno(env, EMSGSIZE, "recvmsg");
    return env.Undefined();
  }
  auto result = Napi::Object::New(env);
  result.Set("size", Napi::Number::New(env, static_cast<double>(count)));
  result.Set("descriptor", Napi::Number::New(env, descriptor.Release()));
  return result;
}

Napi::Value PeerUser(const Napi::CallbackInfo& info) {
  const auto user = ReadPeerUser(info[0].As<Napi::Number>());
  if (!user) ThrowErrno(info.Env(), errno, "getpeereid");
  return Napi::Number::New(info.Env(), user.value_or(0));
}

}  // namespace hyperv_kvp

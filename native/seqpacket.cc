#include "seqpacket.h"

#include <sys/socket.h>

#include <cerrno>

#include "errno_error.h"
#include "unix_address.h"

namespace hyperv_kvp {

namespace {

constexpr int kBacklog = 8;

// Non-blocking, so that a simulated driver that does not accept holds nobody up.
UniqueFd NewSocket() { return UniqueFd(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)); }

}  // namespace

UniqueFd ConnectSeqpacket(const std::string& path) {
  const auto address = AddressOf(path);
  if (!address) return UniqueFd();
  UniqueFd fd = NewSocket();
  if (!fd.IsOpen()) return fd;
  if (connect(fd.get(), address->generic(), address->length) != 0) {
    const int error = errno;
    fd.Reset();
    errno = error;
  }
  return fd;
}

Napi::Value ListenSeqpacket(const Napi::CallbackInfo& info) {
  const std::string path = info[0].As<Napi::String>();
  const auto address = AddressOf(path);
  UniqueFd fd = address ? NewSocket() : UniqueFd();
  if (!fd.IsOpen() || bind(fd.get(), address->generic(), address->length) != 0 || listen(fd.get(), kBacklog) != 0) {
    ThrowErrno(info.Env(), errno, "listen");
    return info.Env().Undefined();
  }
  return Napi::Number::New(info.Env(), fd.Release());
}

Napi::Value AcceptSeqpacket(const Napi::CallbackInfo& info) {
  const int listener = info[0].As<Napi::Number>();
  UniqueFd fd(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!fd.IsOpen()) {
    ThrowErrno(info.Env(), errno, "accept");
    return info.Env().Undefined();
  }
  return Napi::Number::New(info.Env(), fd.Release());
}

}  // namespace hyperv_kvp

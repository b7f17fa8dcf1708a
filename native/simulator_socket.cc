#include "simulator_socket.h"

#include <cerrno>
#include <utility>

#include "errno_error.h"
#include "seqpacket.h"

namespace hyperv_kvp {

namespace {

Napi::Value HandOver(Napi::Env env, UniqueFd fd, const char* syscall) {
  if (fd.IsOpen()) return Napi::Number::New(env, fd.Release());
  ThrowErrno(env, errno, syscall);
  return env.Undefined();
}

}  // namespace

Napi::Value ListenForDaemons(const Napi::CallbackInfo& info) {
  return HandOver(info.Env(), ListenSeqpacket(info[0].As<Napi::String>()), "listen");
}

Napi::Value AcceptDaemon(const Napi::CallbackInfo& info) {
  return HandOver(info.Env(), AcceptSeqpacket(info[0].As<Napi::Number>()), "accept");
}

}  // namespace hyperv_kvp

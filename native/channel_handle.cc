#include "channel_handle.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <string>

#include "arguments.h"
#include "errno_error.h"

namespace hyperv_kvp {

namespace {

MessageChannel ChannelOf(const Napi::Value& path_or_fd) {
  if (path_or_fd.IsNumber()) return MessageChannel(UniqueFd(path_or_fd.As<Napi::Number>()));
  return MessageChannel::Open(path_or_fd.As<Napi::String>());
}

Napi::Value CountOf(Napi::Env env, ssize_t count, const char* syscall) {
  if (count >= 0) return Napi::Number::New(env, static_cast<double>(count));
  ThrowErrno(env, errno, syscall);
  return env.Undefined();
}

}  // namespace

Napi::Function ChannelHandle::Define(Napi::Env env) {
  return DefineClass(env, "ChannelHandle",
                     {
                         InstanceAccessor<&ChannelHandle::Fd>("fd"),
                         InstanceMethod<&ChannelHandle::Arm>("arm"),
                         InstanceMethod<&ChannelHandle::Poll>("poll"),
                         InstanceMethod<&ChannelHandle::Read>("read"),
                         InstanceMethod<&ChannelHandle::Write>("write"),
                         InstanceMethod<&ChannelHandle::CloseFromJavaScript>("close"),
                     });
}

ChannelHandle::ChannelHandle(const Napi::CallbackInfo& info)
    : ObjectWrap(info), env_(info.Env()), channel_(ChannelOf(info[0])) {
  if (!channel_.IsOpen()) {
    ThrowErrno(env_, errno, "open");
    return;
  }
  if (!IsThe(info[1], Argument::kFunction)) {
    channel_.Close();
    Napi::TypeError::New(env_, "it takes a function").ThrowAsJavaScriptException();
    return;
  }
  if (const int error = thread_.Start(env_, info[1].As<Napi::Function>(), channel_.fd()); error != 0) {
    channel_.Close();
    ThrowErrno(env_, error, "pthread_create");
    return;
  }
  // Registered after the callback, so it runs before the callback's own hook: the thread ends first.
  napi_add_env_cleanup_hook(env_, CloseAtExit, this);
}

ChannelHandle::~ChannelHandle() { Close(); }

void ChannelHandle::CloseAtExit(void* self) { static_cast<ChannelHandle*>(self)->Close(); }

// The one path for close(), the destructor and the end of the environment.
void ChannelHandle::Close() {
  if (!channel_.IsOpen()) return;
  napi_remove_env_cleanup_hook(env_, CloseAtExit, this);
  thread_.Stop();
  channel_.Close();
}

void ChannelHandle::CloseFromJavaScript(const Napi::CallbackInfo&) { Close(); }

// -1 once closed.
Napi::Value ChannelHandle::Fd(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), channel_.fd()); }

void ChannelHandle::Arm(const Napi::CallbackInfo& info) {
  if (!channel_.IsOpen()) return ThrowErrno(info.Env(), EBADF, "poll");
  thread_.Arm();
}

// poll(timeoutMs): the events at once or within the time, 0 for none.
Napi::Value ChannelHandle::Poll(const Napi::CallbackInfo& info) {
  if (!Takes<Argument::kNumber>(info)) return info.Env().Undefined();
  return Napi::Number::New(info.Env(), channel_.Poll(info[0].As<Napi::Number>()));
}

// read(buffer, waitUs): bytes read, 0 if the other side is gone, undefined if no message came within the time.
Napi::Value ChannelHandle::Read(const Napi::CallbackInfo& info) {
  if (!Takes<Argument::kBuffer>(info)) return info.Env().Undefined();
  const auto buffer = info[0].As<Napi::Buffer<char>>();
  const uint32_t wait_us = info[1].IsNumber() ? info[1].As<Napi::Number>() : uint32_t{0};
  const ssize_t count = channel_.Read(buffer.Data(), buffer.Length(), wait_us);
  return count < 0 && errno == EAGAIN ? info.Env().Undefined() : CountOf(info.Env(), count, "read");
}

// write(buffer, unlessReadable): bytes written, undefined if nothing was because a message waits.
Napi::Value ChannelHandle::Write(const Napi::CallbackInfo& info) {
  if (!Takes<Argument::kBuffer>(info)) return info.Env().Undefined();
  const auto buffer = info[0].As<Napi::Buffer<char>>();
  if (info[1].ToBoolean() && channel_.IsReadable()) return info.Env().Undefined();
  return CountOf(info.Env(), channel_.Write(buffer.Data(), buffer.Length()), "write");
}

Napi::Value OpenChannel(const Napi::CallbackInfo& info) {
  const std::string path = info[0].As<Napi::String>();
  struct stat status = {};
  if (lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode)) {
    ThrowErrno(info.Env(), ELOOP, "open");
    return info.Env().Undefined();
  }
  return DescriptorOrThrow(info.Env(), MessageChannel::Open(path).Release(), "open");
}

}  // namespace hyperv_kvp

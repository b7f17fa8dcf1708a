#include "file_io.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "errno_error.h"

namespace hyperv_kvp {

namespace {

using Bytes = Napi::Buffer<char>;

Napi::Value CountOrThrow(Napi::Env env, ssize_t count, const char* syscall) {
  if (count < 0) ThrowErrno(env, errno, syscall);
  return Napi::Number::New(env, static_cast<double>(count));
}

off_t OffsetFrom(const Napi::Value& value) { return value.As<Napi::Number>().Int64Value(); }

}  // namespace

Napi::Value ReadAt(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  const Bytes into = info[1].As<Bytes>();
  return CountOrThrow(info.Env(), pread(fd, into.Data(), into.Length(), OffsetFrom(info[2])), "read");
}

Napi::Value WriteAt(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  const Bytes bytes = info[1].As<Bytes>();
  return CountOrThrow(info.Env(), pwrite(fd, bytes.Data(), bytes.Length(), OffsetFrom(info[2])), "write");
}

Napi::Value Append(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  const Bytes bytes = info[1].As<Bytes>();
  return CountOrThrow(info.Env(), write(fd, bytes.Data(), bytes.Length()), "write");
}

Napi::Value SizeOf(const Napi::CallbackInfo& info) {
  struct stat status = {};
  if (fstat(info[0].As<Napi::Number>(), &status) != 0) ThrowErrno(info.Env(), errno, "fstat");
  return Napi::Number::New(info.Env(), static_cast<double>(status.st_size));
}

Napi::Value IsLinked(const Napi::CallbackInfo& info) {
  struct stat status = {};
  if (fstat(info[0].As<Napi::Number>(), &status) != 0) ThrowErrno(info.Env(), errno, "fstat");
  return Napi::Boolean::New(info.Env(), status.st_nlink > 0);
}

}  // namespace hyperv_kvp

#include "file_calls.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string>

namespace hyperv_kvp_bench {

namespace {

Napi::Value Number(const Napi::CallbackInfo& info, ssize_t value) {
  return Napi::Number::New(info.Env(), static_cast<double>(value));
}

}  // namespace

Napi::Value ReadAt(const Napi::CallbackInfo& info) {
  const auto into = info[1].As<Napi::Buffer<char>>();
  const int64_t offset = info[2].As<Napi::Number>();
  return Number(info, pread(info[0].As<Napi::Number>(), into.Data(), into.Length(), offset));
}

Napi::Value WriteAt(const Napi::CallbackInfo& info) {
  const auto bytes = info[1].As<Napi::Buffer<char>>();
  const int64_t offset = info[2].As<Napi::Number>();
  return Number(info, pwrite(info[0].As<Napi::Number>(), bytes.Data(), bytes.Length(), offset));
}

Napi::Value SizeOf(const Napi::CallbackInfo& info) {
  struct stat status;
  return Number(info, fstat(info[0].As<Napi::Number>(), &status) == 0 ? status.st_size : -1);
}

Napi::Value SizeAt(const Napi::CallbackInfo& info) {
  struct stat status;
  const std::string path = info[0].As<Napi::String>();
  return Number(info, stat(path.c_str(), &status) == 0 ? status.st_size : -1);
}

}  // namespace hyperv_kvp_bench

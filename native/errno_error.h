#ifndef HYPERV_KVP_ERRNO_ERROR_H_
#define HYPERV_KVP_ERRNO_ERROR_H_

#include <napi.h>

#include <cerrno>
#include <system_error>

#include "unique_fd.h"

namespace hyperv_kvp {

// Throws a JavaScript Error with the system's words, `errno` (positive) and `syscall`. TypeScript adds the code and
// node:fs's wording.
inline void ThrowErrno(Napi::Env env, int error, const char* syscall) {
  // An argument that was none has thrown already, and what followed failed for it.
  if (env.IsExceptionPending()) return;
  Napi::Error exception = Napi::Error::New(env, std::generic_category().message(error));
  exception.Set("errno", Napi::Number::New(env, error));
  exception.Set("syscall", Napi::String::New(env, syscall));
  exception.ThrowAsJavaScriptException();
}

// The descriptor, whose owner the caller is then; throws errno if none was opened.
inline Napi::Value DescriptorOrThrow(Napi::Env env, UniqueFd fd, const char* syscall) {
  if (fd.IsOpen()) return Napi::Number::New(env, fd.Release());
  ThrowErrno(env, errno, syscall);
  return env.Undefined();
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_ERRNO_ERROR_H_

#ifndef HYPERV_KVP_ERRNO_ERROR_H_
#define HYPERV_KVP_ERRNO_ERROR_H_

#include <napi.h>

#include <string>

namespace hyperv_kvp {

// Throws a JavaScript Error with `errno` (positive) and `syscall`. TypeScript adds the code and node:fs's wording.
inline void ThrowErrno(Napi::Env env, int error, const char* syscall) {
  Napi::Error exception = Napi::Error::New(env, "errno " + std::to_string(error));
  exception.Set("errno", Napi::Number::New(env, error));
  exception.Set("syscall", Napi::String::New(env, syscall));
  exception.ThrowAsJavaScriptException();
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_ERRNO_ERROR_H_

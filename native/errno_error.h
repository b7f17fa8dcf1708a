#ifndef HYPERV_KVP_ERRNO_ERROR_H_
#define HYPERV_KVP_ERRNO_ERROR_H_

#include <napi.h>

#include <system_error>

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

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_ERRNO_ERROR_H_

#ifndef HYPERV_KVP_ERRNO_ERROR_H_
#define HYPERV_KVP_ERRNO_ERROR_H_

#include <napi.h>

#include <cstdlib>
#include <cstring>

namespace hyperv_kvp {

// Throws a JavaScript Error with `errno` (positive) and `syscall`. TypeScript adds the code and node:fs's wording.
// FreeBSD's driver returns a negative errno from a second open, which reaches us as it is: hence std::abs.
inline void ThrowErrno(Napi::Env env, int error, const char* syscall) {
  const int number = std::abs(error);
  Napi::Error exception = Napi::Error::New(env, std::strerror(number));
  exception.Set("errno", Napi::Number::New(env, number));
  exception.Set("syscall", Napi::String::New(env, syscall));
  exception.ThrowAsJavaScriptException();
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_ERRNO_ERROR_H_

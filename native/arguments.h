#ifndef HYPERV_KVP_ARGUMENTS_H_
#define HYPERV_KVP_ARGUMENTS_H_

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace hyperv_kvp {

// What a function takes. Anything else is a mistake of its caller's, which throws a TypeError before the function
// begins: Node-API would answer each wrong value with an exception of its own, and the second ends the process.
enum class Argument { kNumber, kText, kBuffer, kFunction, kBoolean, kNumberOrNothing, kId, kIds };

// Of a user or a group. Else NaN would be root, and what is beyond 32 bits would come round to somebody; the highest
// number means that nothing changes.
inline bool IsId(const Napi::Value& value) {
  constexpr double kHighest = 4294967294;
  if (!value.IsNumber()) return false;
  const double number = value.As<Napi::Number>();
  // By a conversion: std::trunc would take a mathematics library on FreeBSD.
  return number >= 0 && number <= kHighest && static_cast<double>(static_cast<uint32_t>(number)) == number;
}

inline bool AreIds(const Napi::Value& value) {
  if (!value.IsArray()) return false;
  const auto ids = value.As<Napi::Array>();
  for (uint32_t index = 0; index < ids.Length(); ++index) {
    const Napi::Value id = ids.Get(index);
    if (value.Env().IsExceptionPending() || !IsId(id)) return false;
  }
  return true;
}

inline bool IsThe(const Napi::Value& value, Argument wanted) {
  switch (wanted) {
    case Argument::kNumber:
      return value.IsNumber();
    case Argument::kText:
      return value.IsString();
    case Argument::kBuffer:
      // IsBuffer() is true for a DataView, too.
      return value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array;
    case Argument::kFunction:
      return value.IsFunction();
    case Argument::kBoolean:
      return value.IsBoolean();
    case Argument::kNumberOrNothing:
      return value.IsNumber() || value.IsUndefined();
    case Argument::kId:
      return IsId(value);
    case Argument::kIds:
      return AreIds(value);
  }
  return false;
}

template <Argument... wanted>
bool Takes(const Napi::CallbackInfo& info) {
  size_t index = 0;
  const bool fits = (IsThe(info[index++], wanted) && ...);
  if (!fits && !info.Env().IsExceptionPending()) {
    Napi::TypeError::New(info.Env(), "an argument is of another type").ThrowAsJavaScriptException();
  }
  return fits;
}

// A function that is called only with what it takes.
template <auto call, Argument... wanted>
Napi::Value Checked(const Napi::CallbackInfo& info) {
  if (!Takes<wanted...>(info)) return info.Env().Undefined();
  if constexpr (std::is_void_v<std::invoke_result_t<decltype(call), const Napi::CallbackInfo&>>) {
    call(info);
    return info.Env().Undefined();
  } else {
    return call(info);
  }
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_ARGUMENTS_H_

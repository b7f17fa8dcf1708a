#include "codec.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "kvp_message.h"

namespace hyperv_kvp_bench {

namespace {

using hyperv_kvp::KvpMessage;

enum Operation : uint8_t { kGet, kSet, kDelete, kEnumerate };
constexpr uint32_t kText = 1;

KvpMessage& MessageIn(const Napi::Value& value) {
  return *reinterpret_cast<KvpMessage*>(value.As<Napi::Buffer<char>>().Data());
}

// A view of the message, as TypeScript makes it. By a pointer: a reference to a field of a packed struct is one to a
// copy.
template <size_t kSize>
Napi::Value Text(const Napi::Uint8Array& message, const uint8_t (*field)[kSize], uint32_t told) {
  const uint8_t* const text = *field;
  const size_t size = strnlen(reinterpret_cast<const char*>(text), std::min<size_t>(told, kSize));
  const auto offset = static_cast<size_t>(text - message.Data());
  return Napi::Uint8Array::New(message.Env(), size, message.ArrayBuffer(), message.ByteOffset() + offset);
}

template <size_t kSize>
uint32_t WriteText(uint8_t (&field)[kSize], const Napi::Value& value) {
  const auto text = value.As<Napi::Buffer<uint8_t>>();
  const size_t size = std::min(text.Length(), kSize - 1);
  std::memcpy(field, text.Data(), size);
  std::memset(field + size, 0, kSize - size);
  return static_cast<uint32_t>(size + 1);
}

}  // namespace

Napi::Value DecodeRequest(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto bytes = info[0].As<Napi::Uint8Array>();
  const KvpMessage& message = MessageIn(bytes);
  auto request = Napi::Object::New(env);
  request.Set("pool", message.header.request.pool);
  switch (message.header.request.operation) {
    case kGet:
      request.Set("operation", "get");
      request.Set("key", Text(bytes, &message.body.get_or_set.key, message.body.get_or_set.key_size));
      break;
    case kSet:
      request.Set("operation", "set");
      request.Set("key", Text(bytes, &message.body.get_or_set.key, message.body.get_or_set.key_size));
      request.Set("value", Text(bytes, &message.body.get_or_set.value, message.body.get_or_set.value_size));
      break;
    case kDelete:
      request.Set("operation", "delete");
      request.Set("key", Text(bytes, &message.body.remove.key, message.body.remove.key_size));
      break;
    case kEnumerate:
      request.Set("operation", "enumerate");
      request.Set("index", Napi::Number::New(env, static_cast<double>(message.body.enumerate.index)));
      break;
    default:
      break;
  }
  return request;
}

void EncodeReply(const Napi::CallbackInfo& info) {
  KvpMessage& message = MessageIn(info[0]);
  const auto reply = info[1].As<Napi::Object>();
  const std::string kind = reply.Get("kind").As<Napi::String>();
  message.header.error = kind == "status" ? reply.Get("status").As<Napi::Number>().Uint32Value() : 0;
  if (kind == "status") return;
  // Linux's driver takes the value of a GET from where an ENUMERATE has it.
  hyperv_kvp::KeyAndValue& record = message.body.enumerate.data;
  const uint32_t size = WriteText(record.value, reply.Get("value"));
  if (kind == "value") {
    message.body.get_or_set.value_type = kText;
    message.body.get_or_set.value_size = size;
  } else {
    record.value_type = kText;
    record.value_size = size;
    record.key_size = WriteText(record.key, reply.Get("key"));
  }
}

}  // namespace hyperv_kvp_bench

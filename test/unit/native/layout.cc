// The compiler's view of the message, for tests: { size, fields: { 'enumerate.key': { offset, size }, … } } with the
// names of the TypeScript table.
#include <napi.h>

#include <array>
#include <cstddef>

#include "kvp_message.h"

namespace hyperv_kvp {

namespace {

struct Field {
  const char* name;
  size_t offset;
  size_t size;
};

#define HYPERV_KVP_FIELD(name, member) \
  Field { name, offsetof(KvpMessage, member), sizeof(KvpMessage::member) }

constexpr std::array kFields = {
    HYPERV_KVP_FIELD("header.operation", header.request.operation),
    HYPERV_KVP_FIELD("header.pool", header.request.pool),
    HYPERV_KVP_FIELD("header.status", header.error),
    HYPERV_KVP_FIELD("getOrSet.valueType", body.get_or_set.value_type),
    HYPERV_KVP_FIELD("getOrSet.keyBytes", body.get_or_set.key_size),
    HYPERV_KVP_FIELD("getOrSet.valueBytes", body.get_or_set.value_size),
    HYPERV_KVP_FIELD("getOrSet.key", body.get_or_set.key),
    HYPERV_KVP_FIELD("getOrSet.value", body.get_or_set.value),
    HYPERV_KVP_FIELD("enumerate.index", body.enumerate.index),
    HYPERV_KVP_FIELD("enumerate.valueType", body.enumerate.data.value_type),
    HYPERV_KVP_FIELD("enumerate.keyBytes", body.enumerate.data.key_size),
    HYPERV_KVP_FIELD("enumerate.valueBytes", body.enumerate.data.value_size),
    HYPERV_KVP_FIELD("enumerate.key", body.enumerate.data.key),
    HYPERV_KVP_FIELD("enumerate.value", body.enumerate.data.value),
    HYPERV_KVP_FIELD("delete.keyBytes", body.remove.key_size),
    HYPERV_KVP_FIELD("delete.key", body.remove.key),
    HYPERV_KVP_FIELD("register.version", body.registration.version),
    HYPERV_KVP_FIELD("ip.adapterId", body.ip.adapter_id),
    HYPERV_KVP_FIELD("ip.addressFamily", body.ip.addr_family),
    HYPERV_KVP_FIELD("ip.dhcpEnabled", body.ip.dhcp_enabled),
    HYPERV_KVP_FIELD("ip.addresses", body.ip.ip_addr),
    HYPERV_KVP_FIELD("ip.subnets", body.ip.sub_net),
    HYPERV_KVP_FIELD("ip.gateways", body.ip.gate_way),
    HYPERV_KVP_FIELD("ip.dnsServers", body.ip.dns_addr),
};

Napi::Number Count(Napi::Env env, size_t count) { return Napi::Number::New(env, static_cast<double>(count)); }

Napi::Object DescribeLayout(Napi::Env env, Napi::Object exports) {
  auto fields = Napi::Object::New(env);
  for (const Field& field : kFields) {
    auto place = Napi::Object::New(env);
    place.Set("offset", Count(env, field.offset));
    place.Set("size", Count(env, field.size));
    fields.Set(field.name, place);
  }
  exports.Set("size", Count(env, sizeof(KvpMessage)));
  exports.Set("fields", fields);
  return exports;
}

}  // namespace

NODE_API_MODULE(layout, DescribeLayout)

}  // namespace hyperv_kvp

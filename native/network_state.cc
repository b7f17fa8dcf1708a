#include "network_state.h"

#include "errno_error.h"

namespace hyperv_kvp {

namespace {

Napi::Object LinkObject(Napi::Env env, const LinkState& link) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("name", link.name);
  object.Set("kind", link.kind);
  object.Set("master", link.master);
  object.Set("permanentMac", link.permanent_mac);
  object.Set("isUp", link.is_up);
  object.Set("hasCarrier", link.has_carrier);
  return object;
}

Napi::Object AddressObject(Napi::Env env, const AddressState& address) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("link", address.link);
  object.Set("address", address.address);
  object.Set("family", address.is_ipv6 ? "ipv6" : "ipv4");
  object.Set("prefixLength", address.prefix_length);
  object.Set("isTentative", address.is_tentative);
  object.Set("isDuplicate", address.is_duplicate);
  object.Set("isDeprecated", address.is_deprecated);
  object.Set("isTemporary", address.is_temporary);
  object.Set("isDynamic", address.is_dynamic);
  return object;
}

Napi::Object RouteObject(Napi::Env env, const DefaultRouteState& route) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("link", route.link);
  object.Set("gateway", route.gateway);
  object.Set("family", route.is_ipv6 ? "ipv6" : "ipv4");
  object.Set("table", route.table);
  object.Set("metric", route.metric);
  return object;
}

template <typename State, typename Convert>
Napi::Array ArrayOf(Napi::Env env, const std::vector<State>& states, Convert convert) {
  Napi::Array array = Napi::Array::New(env, states.size());
  uint32_t index = 0;
  for (const State& state : states) array.Set(index++, convert(env, state));
  return array;
}

}  // namespace

Napi::Value ReadNetworkStateForJavaScript(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const NetworkState state = ReadNetworkState();
  if (state.error != 0) {
    ThrowErrno(env, state.error, "netlink");
    return env.Undefined();
  }
  Napi::Object object = Napi::Object::New(env);
  object.Set("links", ArrayOf(env, state.links, LinkObject));
  object.Set("addresses", ArrayOf(env, state.addresses, AddressObject));
  object.Set("defaultRoutes", ArrayOf(env, state.default_routes, RouteObject));
  return object;
}

}  // namespace hyperv_kvp

#ifndef HYPERV_KVP_NETWORK_STATE_H_
#define HYPERV_KVP_NETWORK_STATE_H_

#include <napi.h>

#include <string>
#include <vector>

namespace hyperv_kvp {

struct LinkState {
  std::string name;
  // What kind of link the system says it is, such as "bridge"; "" if it does not say.
  std::string kind;
  // The link that it is a port of; "" if it is none.
  std::string master;
  // The MAC address of the hardware, lower case with ":", whatever it uses now; "" where that is unknown.
  std::string permanent_mac;
  bool is_up;
  bool has_carrier;
};

struct AddressState {
  std::string link;
  std::string address;
  bool is_ipv6;
  unsigned int prefix_length;
  bool is_tentative;
  bool is_duplicate;
  bool is_deprecated;
  bool is_temporary;
  // Whether it goes by itself when its time is over, as one by DHCP or a router's advertisement does.
  bool is_dynamic;
};

struct DefaultRouteState {
  std::string link;
  // "" where the network itself is the way out.
  std::string gateway;
  bool is_ipv6;
  unsigned int table;
  unsigned int metric;
};

struct NetworkState {
  std::vector<LinkState> links;
  std::vector<AddressState> addresses;
  std::vector<DefaultRouteState> default_routes;
  // 0, or why the rest is not all.
  int error = 0;
};

// What the kernel has: each link and address whether it is up, connected, in use, or not. Only Linux reports links,
// flags and routes here.
NetworkState ReadNetworkState();

// readNetworkState(): the same for JavaScript. Throws an error with errno.
Napi::Value ReadNetworkStateForJavaScript(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_NETWORK_STATE_H_

#include "network_state.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <memory>

namespace hyperv_kvp {

namespace {

std::string AddressText(int family, const void* data) {
  std::array<char, INET6_ADDRSTRLEN> text = {};
  return inet_ntop(family, data, text.data(), text.size()) == nullptr ? "" : text.data();
}

const void* BytesOf(const sockaddr* address) {
  if (address->sa_family == AF_INET) return &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  return &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
}

unsigned int PrefixLength(const sockaddr* netmask, int family) {
  if (netmask == nullptr) return 0;
  const auto* bytes = static_cast<const unsigned char*>(
      family == AF_INET ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(netmask)->sin_addr)
                        : static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(netmask)->sin6_addr));
  unsigned int bits = 0;
  const size_t size = family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr);
  for (size_t index = 0; index < size; index += 1) bits += static_cast<unsigned int>(__builtin_popcount(bytes[index]));
  return bits;
}

}  // namespace

NetworkState ReadNetworkState() {
  NetworkState state;
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) {
    state.error = errno;
    return state;
  }
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> list(first, freeifaddrs);
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr) continue;
    const int family = each->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    state.addresses.push_back({each->ifa_name, AddressText(family, BytesOf(each->ifa_addr)), family == AF_INET6,
                               PrefixLength(each->ifa_netmask, family), false, false, false, false, false});
  }
  return state;
}

}  // namespace hyperv_kvp

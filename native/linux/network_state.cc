#include "network_state.h"

#include <arpa/inet.h>
#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <string_view>

#include "unique_fd.h"

namespace hyperv_kvp {

namespace {

// An rtnetlink message's attributes by type; of several of a type the last.
using Attributes = std::map<unsigned short, const rtattr*>;

Attributes AttributesOf(const rtattr* first, int length) {
  Attributes attributes;
  for (const rtattr* each = first; RTA_OK(each, length); each = RTA_NEXT(each, length)) {
    attributes[each->rta_type & NLA_TYPE_MASK] = each;
  }
  return attributes;
}

const void* DataOf(const Attributes& attributes, unsigned short type) {
  const auto found = attributes.find(type);
  return found == attributes.end() ? nullptr : RTA_DATA(found->second);
}

unsigned int NumberOf(const Attributes& attributes, unsigned short type, unsigned int otherwise) {
  const void* data = DataOf(attributes, type);
  if (data == nullptr) return otherwise;
  unsigned int number = 0;
  std::memcpy(&number, data, sizeof number);
  return number;
}

std::string TextOf(const Attributes& attributes, unsigned short type) {
  const void* data = DataOf(attributes, type);
  return data == nullptr ? "" : static_cast<const char*>(data);
}

std::string AddressText(int family, const void* data) {
  std::array<char, INET6_ADDRSTRLEN> text = {};
  if (data == nullptr || inet_ntop(family, data, text.data(), text.size()) == nullptr) return "";
  return text.data();
}

std::string KindOf(const Attributes& attributes) {
  const auto found = attributes.find(IFLA_LINKINFO);
  if (found == attributes.end()) return "";
  const rtattr* info = found->second;
  return TextOf(AttributesOf(static_cast<const rtattr*>(RTA_DATA(info)), static_cast<int>(RTA_PAYLOAD(info))),
                IFLA_INFO_KIND);
}

// IFLA_PERM_ADDRESS of <linux/if_link.h>, which Linux reports since 5.6.
constexpr unsigned short kPermanentAddress = 54;
constexpr size_t kMacSize = 6;

std::string MacText(const Attributes& attributes, unsigned short type) {
  const auto found = attributes.find(type);
  if (found == attributes.end() || RTA_PAYLOAD(found->second) != kMacSize) return "";
  const auto* bytes = static_cast<const unsigned char*>(RTA_DATA(found->second));
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned int kHalf = 4;
  constexpr unsigned int kLowHalf = 0xf;
  std::string text;
  for (size_t index = 0; index < kMacSize; index += 1) {
    if (index > 0) text += ':';
    text += kDigits[bytes[index] >> kHalf];
    text += kDigits[bytes[index] & kLowHalf];
  }
  return text;
}

// What has been read, with the names of links as the kernel numbers them.
struct Reading {
  NetworkState state;
  std::map<unsigned int, std::string> names;
  std::vector<unsigned int> masters;
};

std::string NameOf(const Reading& reading, unsigned int index) {
  const auto found = reading.names.find(index);
  return found == reading.names.end() ? "" : found->second;
}

void ReadLink(const nlmsghdr* header, Reading* reading) {
  const auto* link = static_cast<const ifinfomsg*>(NLMSG_DATA(header));
  const Attributes attributes = AttributesOf(IFLA_RTA(link), static_cast<int>(IFLA_PAYLOAD(header)));
  const std::string name = TextOf(attributes, IFLA_IFNAME);
  reading->names[static_cast<unsigned int>(link->ifi_index)] = name;
  reading->masters.push_back(NumberOf(attributes, IFLA_MASTER, 0));
  const auto* carrier = static_cast<const unsigned char*>(DataOf(attributes, IFLA_CARRIER));
  reading->state.links.push_back({name, KindOf(attributes), "", MacText(attributes, kPermanentAddress),
                                  (link->ifi_flags & IFF_UP) != 0, carrier == nullptr || *carrier != 0});
}

void ReadAddress(const nlmsghdr* header, Reading* reading) {
  const auto* address = static_cast<const ifaddrmsg*>(NLMSG_DATA(header));
  const Attributes attributes = AttributesOf(IFA_RTA(address), static_cast<int>(IFA_PAYLOAD(header)));
  // On a point-to-point link IFA_ADDRESS is the other end's.
  const void* local = DataOf(attributes, IFA_LOCAL);
  const void* data = local == nullptr ? DataOf(attributes, IFA_ADDRESS) : local;
  const unsigned int flags = NumberOf(attributes, IFA_FLAGS, address->ifa_flags);
  reading->state.addresses.push_back({
      NameOf(*reading, address->ifa_index),
      AddressText(address->ifa_family, data),
      address->ifa_family == AF_INET6,
      address->ifa_prefixlen,
      (flags & IFA_F_TENTATIVE) != 0,
      (flags & IFA_F_DADFAILED) != 0,
      (flags & IFA_F_DEPRECATED) != 0,
      // The same bit means a secondary address in IPv4.
      address->ifa_family == AF_INET6 && (flags & IFA_F_TEMPORARY) != 0,
      (flags & IFA_F_PERMANENT) == 0,
  });
}

void ReadRoute(const nlmsghdr* header, Reading* reading) {
  const auto* route = static_cast<const rtmsg*>(NLMSG_DATA(header));
  if (route->rtm_dst_len != 0 || route->rtm_type != RTN_UNICAST || (route->rtm_flags & RTM_F_CLONED) != 0) return;
  const Attributes attributes = AttributesOf(RTM_RTA(route), static_cast<int>(RTM_PAYLOAD(header)));
  const unsigned int table = NumberOf(attributes, RTA_TABLE, route->rtm_table);
  const unsigned int metric = NumberOf(attributes, RTA_PRIORITY, 0);
  const auto add = [&](unsigned int link, const void* gateway) {
    reading->state.default_routes.push_back({NameOf(*reading, link), AddressText(route->rtm_family, gateway),
                                             route->rtm_family == AF_INET6, table, metric});
  };
  const auto several = attributes.find(RTA_MULTIPATH);
  if (several == attributes.end()) {
    add(NumberOf(attributes, RTA_OIF, 0), DataOf(attributes, RTA_GATEWAY));
    return;
  }
  int left = static_cast<int>(RTA_PAYLOAD(several->second));
  const auto* hop = static_cast<const rtnexthop*>(RTA_DATA(several->second));
  while (left >= static_cast<int>(sizeof *hop) && RTNH_OK(hop, left)) {
    const int length = hop->rtnh_len - static_cast<int>(RTNH_LENGTH(0));
    add(static_cast<unsigned int>(hop->rtnh_ifindex), DataOf(AttributesOf(RTNH_DATA(hop), length), RTA_GATEWAY));
    left -= static_cast<int>(RTNH_ALIGN(hop->rtnh_len));
    hop = RTNH_NEXT(hop);
  }
}

using ReadMessage = void (*)(const nlmsghdr*, Reading*);

// Larger than the kernel ever makes the packets of a dump.
constexpr size_t kRoom = 65536;

// Asks for all that there is of a kind. Returns errno.
int Dump(int fd, unsigned short type, unsigned char family, ReadMessage read, Reading* reading) {
  struct {
    nlmsghdr header;
    // The part of ifinfomsg, ifaddrmsg and rtmsg that matters; zeros mean all.
    union {
      rtgenmsg general;
      std::array<char, sizeof(ifinfomsg)> room;
    } body;
  } request = {};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = type;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.body.general.rtgen_family = family;
  if (send(fd, &request, sizeof request, 0) < 0) return errno;
  alignas(nlmsghdr) static thread_local std::array<char, kRoom> room;
  for (;;) {
    const ssize_t size = recv(fd, room.data(), room.size(), 0);
    if (size < 0) return errno;
    auto left = static_cast<unsigned int>(size);
    for (const auto* header = reinterpret_cast<const nlmsghdr*>(room.data()); NLMSG_OK(header, left);
         header = NLMSG_NEXT(header, left)) {
      if (header->nlmsg_type == NLMSG_DONE) return 0;
      if (header->nlmsg_type == NLMSG_ERROR) return -static_cast<const nlmsgerr*>(NLMSG_DATA(header))->error;
      read(header, reading);
    }
  }
}

int ReadAll(int fd, Reading* reading) {
  if (const int error = Dump(fd, RTM_GETLINK, AF_UNSPEC, ReadLink, reading)) return error;
  if (const int error = Dump(fd, RTM_GETADDR, AF_UNSPEC, ReadAddress, reading)) return error;
  if (const int error = Dump(fd, RTM_GETROUTE, AF_INET, ReadRoute, reading)) return error;
  return Dump(fd, RTM_GETROUTE, AF_INET6, ReadRoute, reading);
}

}  // namespace

NetworkState ReadNetworkState() {
  const UniqueFd fd(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  Reading reading;
  reading.state.error = fd.IsOpen() ? ReadAll(fd.get(), &reading) : errno;
  for (size_t index = 0; index < reading.state.links.size(); index += 1) {
    reading.state.links[index].master = NameOf(reading, reading.masters[index]);
  }
  return reading.state;
}

}  // namespace hyperv_kvp

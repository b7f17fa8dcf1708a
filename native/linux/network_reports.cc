#include "network_reports.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace hyperv_kvp {

UniqueFd OpenNetworkReports() {
  UniqueFd reports(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
  // The least that the kernel allows: that there are reports is all we want to know, and an overflow shows that too.
  constexpr int kLeast = 1;
  setsockopt(reports.get(), SOL_SOCKET, SO_RCVBUF, &kLeast, sizeof kLeast);
  sockaddr_nl address = {};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
  if (bind(reports.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return UniqueFd();
  // Routes through a next hop of its own go with it, and nothing is said of them. Kernels before 5.3 have no such
  // thing.
  constexpr int kNextHops = RTNLGRP_NEXTHOP;
  setsockopt(reports.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &kNextHops, sizeof kNextHops);
  return reports;
}

}  // namespace hyperv_kvp

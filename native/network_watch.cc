#include "network_watch.h"

#include <sys/socket.h>

#include <cerrno>
#ifdef __linux__
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#endif

namespace hyperv_kvp {

namespace {

#ifdef __linux__

UniqueFd OpenReports() {
  UniqueFd reports(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
  // The least that the kernel allows: that there are reports is all we want to know, and an overflow tells it too.
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

#else

// It drops what does not fit without a word, but only while there is something to read.
UniqueFd OpenReports() { return UniqueFd(socket(PF_ROUTE, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, AF_UNSPEC)); }

#endif

}  // namespace

Napi::Function NetworkWatch::Define(Napi::Env env) {
  return DefineClass(env, "NetworkWatch",
                     {
                         InstanceMethod<&NetworkWatch::Changed>("changed"),
                         InstanceMethod<&NetworkWatch::Close>("close"),
                     });
}

NetworkWatch::NetworkWatch(const Napi::CallbackInfo& info) : ObjectWrap(info), reports_(OpenReports()) {}

// changed(): whether anything may have changed since the last call. Takes all reports, of each a byte; what comes in
// faster than that is left for the next call.
Napi::Value NetworkWatch::Changed(const Napi::CallbackInfo& info) {
  constexpr int kMostReports = 1000;
  bool changed = !reports_.IsOpen();
  for (int count = 0; reports_.IsOpen() && count < kMostReports; count += 1) {
    char byte;
    if (recv(reports_.get(), &byte, sizeof byte, 0) < 0 && errno == EAGAIN) break;
    changed = true;
  }
  return Napi::Boolean::New(info.Env(), changed);
}

void NetworkWatch::Close(const Napi::CallbackInfo&) { reports_.Reset(); }

}  // namespace hyperv_kvp

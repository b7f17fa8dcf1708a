#ifndef HYPERV_KVP_NETWORK_WATCH_H_
#define HYPERV_KVP_NETWORK_WATCH_H_

#include <napi.h>

#include "unique_fd.h"

namespace hyperv_kvp {

// new NetworkWatch(): says in less than a microsecond whether links, addresses or routes may have changed. The kernel
// reports changes to a descriptor (netlink; a route socket on FreeBSD) that nobody polls, so an idle process is never
// woken. One that cannot be opened, in a container say, always reports a change.
class NetworkWatch : public Napi::ObjectWrap<NetworkWatch> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit NetworkWatch(const Napi::CallbackInfo& info);
  NetworkWatch(const NetworkWatch&) = delete;
  NetworkWatch& operator=(const NetworkWatch&) = delete;
  ~NetworkWatch() override = default;

 private:
  Napi::Value Changed(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  UniqueFd reports_;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_NETWORK_WATCH_H_

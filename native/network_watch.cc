#include "network_watch.h"

#include <sys/socket.h>

#include <cerrno>

#include "network_reports.h"

namespace hyperv_kvp {

Napi::Function NetworkWatch::Define(Napi::Env env) {
  return DefineClass(env, "NetworkWatch",
                     {
                         InstanceMethod<&NetworkWatch::Changed>("changed"),
                         InstanceMethod<&NetworkWatch::Close>("close"),
                     });
}

NetworkWatch::NetworkWatch(const Napi::CallbackInfo& info) : ObjectWrap(info), reports_(OpenNetworkReports()) {}

// changed(): whether anything may have changed since the last call. Takes all reports, of each a byte; what comes in
// faster than that is left for the next call.
Napi::Value NetworkWatch::Changed(const Napi::CallbackInfo& info) {
  constexpr int kMostReports = 1000;
  bool changed = !reports_.IsOpen();
  for (int count = 0; reports_.IsOpen() && count < kMostReports; count += 1) {
    char byte = 0;
    if (recv(reports_.get(), &byte, sizeof byte, 0) < 0 && errno == EAGAIN) break;
    changed = true;
  }
  return Napi::Boolean::New(info.Env(), changed);
}

void NetworkWatch::Close(const Napi::CallbackInfo&) { reports_.Reset(); }

}  // namespace hyperv_kvp

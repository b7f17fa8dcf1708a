#include "status_watch.h"

#include "file_status.h"

namespace hyperv_kvp {

Napi::Function StatusWatch::Define(Napi::Env env) {
  return DefineClass(env, "StatusWatch", {InstanceMethod<&StatusWatch::Changed>("changed")});
}

StatusWatch::StatusWatch(const Napi::CallbackInfo& info) : ObjectWrap(info), path_(info[0].As<Napi::String>()) {}

// changed(): whether the path may lead to anything else than at the last call. A file that was young then may have
// changed since without telling.
Napi::Value StatusWatch::Changed(const Napi::CallbackInfo& info) {
  struct stat status = {};
  const bool exists = stat(path_.c_str(), &status) == 0;
  const bool changed = !known_ || exists != exists_ || (exists && !SameStatus(status, status_));
  exists_ = exists;
  status_ = status;
  known_ = !exists || IsOld(status, Now());
  return Napi::Boolean::New(info.Env(), changed);
}

}  // namespace hyperv_kvp

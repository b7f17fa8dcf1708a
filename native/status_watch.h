#ifndef HYPERV_KVP_STATUS_WATCH_H_
#define HYPERV_KVP_STATUS_WATCH_H_

#include <napi.h>
#include <sys/stat.h>

#include <string>

namespace hyperv_kvp {

// new StatusWatch(path): says by a file's status whether it may have changed, links followed; holds no descriptor.
// Where a change within a clock tick must be seen, a ChangeWatch sees it.
class StatusWatch : public Napi::ObjectWrap<StatusWatch> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit StatusWatch(const Napi::CallbackInfo& info);
  StatusWatch(const StatusWatch&) = delete;
  StatusWatch& operator=(const StatusWatch&) = delete;
  ~StatusWatch() override = default;

 private:
  Napi::Value Changed(const Napi::CallbackInfo& info);

  std::string path_;
  bool known_ = false;
  bool exists_ = false;
  struct stat status_ = {};
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_STATUS_WATCH_H_

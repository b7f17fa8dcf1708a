#ifndef HYPERV_KVP_CHANGE_WATCH_H_
#define HYPERV_KVP_CHANGE_WATCH_H_

#include <napi.h>
#include <sys/stat.h>

#include <string>

#include "file_reports.h"
#include "report.h"

namespace hyperv_kvp {

// new ChangeWatch(path): says in less than a microsecond whether a file may have changed since it was last marked
// known. The kernel reports changes to a descriptor that nobody polls (inotify; kqueue on FreeBSD), so an idle process
// is never woken; the file's status covers the rest. The times alone would not do: within one tick they stand still.
class ChangeWatch : public Napi::ObjectWrap<ChangeWatch> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit ChangeWatch(const Napi::CallbackInfo& info);
  ChangeWatch(const ChangeWatch&) = delete;
  ChangeWatch& operator=(const ChangeWatch&) = delete;
  ~ChangeWatch() override = default;

 private:
  Napi::Value MarkKnown(const Napi::CallbackInfo& info);
  Napi::Value Changed(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  Report TakeReports();
  void TakeStatus(int fd);
  void Follow();
  bool IsFollowed() const;
  bool IsNamed() const;

  std::string path_;
  FileReports reports_;
  bool known_ = false;
  bool exists_ = false;
  struct stat status_ = {};
  timespec known_at_ = {};
  // The file that the kernel reports of, as long as nothing shows that the path may name another one.
  bool following_ = false;
  bool reliable_ = false;
  dev_t followed_device_ = 0;
  ino_t followed_inode_ = 0;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_CHANGE_WATCH_H_

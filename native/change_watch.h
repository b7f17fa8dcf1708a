#ifndef HYPERV_KVP_CHANGE_WATCH_H_
#define HYPERV_KVP_CHANGE_WATCH_H_

#include <napi.h>
#include <sys/stat.h>

#include <string>

#include "unique_fd.h"

namespace hyperv_kvp {

// new ChangeWatch(path): tells in less than a microsecond whether a file may have changed since it was last settled.
// The kernel reports changes to a descriptor that nobody polls (inotify; kqueue on FreeBSD), so an idle process is
// never woken; the file's status covers the rest. The times alone would not do: within one tick they stand still.
class ChangeWatch : public Napi::ObjectWrap<ChangeWatch> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit ChangeWatch(const Napi::CallbackInfo& info);
  ChangeWatch(const ChangeWatch&) = delete;
  ChangeWatch& operator=(const ChangeWatch&) = delete;

 private:
  Napi::Value Settle(const Napi::CallbackInfo& info);
  Napi::Value Changed(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  // What the kernel has reported since it was asked last.
  enum class Report { kNothing, kWritten, kOther };

  void TakeStatus(int fd);
  bool IsFollowed() const;
  bool IsNamed() const;

  // Reports of the kernel. Whether those on the path's file can be relied upon.
  bool Follow();
  Report TakeReports();

  std::string path_;
  UniqueFd queue_;
  UniqueFd followed_;  // FreeBSD: kqueue follows a descriptor, not a path.
  int watch_ = -1;     // Linux: inotify's number for the file.
  bool settled_ = false;
  bool exists_ = false;
  struct stat status_ = {};
  timespec settled_at_ = {};
  // Of the file whose changes are reported, and as long as nothing tells that the path may name another one.
  bool following_ = false;
  bool reliable_ = false;
  dev_t followed_device_ = 0;
  ino_t followed_inode_ = 0;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_CHANGE_WATCH_H_

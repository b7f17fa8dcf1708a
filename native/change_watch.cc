#include "change_watch.h"

#include "file_status.h"

namespace hyperv_kvp {

Napi::Function ChangeWatch::Define(Napi::Env env) {
  return DefineClass(env, "ChangeWatch",
                     {
                         InstanceMethod<&ChangeWatch::MarkKnown>("markKnown"),
                         InstanceMethod<&ChangeWatch::Changed>("changed"),
                         InstanceMethod<&ChangeWatch::Close>("close"),
                     });
}

ChangeWatch::ChangeWatch(const Napi::CallbackInfo& info) : ObjectWrap(info), path_(info[0].As<Napi::String>()) {}

// markKnown(fd?): what the file is from now on counts as known: the one open at the descriptor, or, without one,
// whatever the path names. Returns its size, or -1 if the path does not name it any more. Reports are taken before its
// status, so that the status or a new report shows a change in between.
Napi::Value ChangeWatch::MarkKnown(const Napi::CallbackInfo& info) {
  constexpr int kNone = -1;
  const int fd = info[0].IsNumber() ? info[0].As<Napi::Number>().Int32Value() : kNone;
  TakeReports();
  TakeStatus(fd);
  const bool followed = IsFollowed();
  if (!followed) {
    Follow();
    TakeReports();
    TakeStatus(fd);
  }
  known_at_ = Now();
  known_ = true;
  // Had it been moved, removed or replaced, that would have been reported.
  const bool named = fd == kNone || (followed && reliable_ && status_.st_nlink > 0) || IsNamed();
  return Napi::Number::New(info.Env(), exists_ && named ? static_cast<double>(status_.st_size) : kNone);
}

// changed(): whether the path may name anything else than the file as it was when marked known.
Napi::Value ChangeWatch::Changed(const Napi::CallbackInfo& info) {
  const auto result = [&](bool changed) { return Napi::Boolean::New(info.Env(), changed); };
  // Until it is marked again: a report comes once.
  known_ = known_ && TakeReports() == Report::kNothing;
  if (!known_) return result(true);
  struct stat status = {};
  const bool exists = lstat(path_.c_str(), &status) == 0;
  if (exists != exists_) return result(true);
  if (!exists) return result(false);
  if (!SameStatus(status, status_)) return result(true);
  return result(!reliable_ && status.st_ctim.tv_sec + kCoarsestTimeSeconds >= known_at_.tv_sec);
}

void ChangeWatch::Close(const Napi::CallbackInfo&) {
  reports_.Close();
  known_ = false;
  following_ = false;
}

// A removed file takes its watch with it, and another one may get its number: only writes leave the path followed.
Report ChangeWatch::TakeReports() {
  const Report report = reports_.Take();
  if (report == Report::kOther) following_ = false;
  return report;
}

void ChangeWatch::TakeStatus(int fd) { exists_ = (fd < 0 ? lstat(path_.c_str(), &status_) : fstat(fd, &status_)) == 0; }

void ChangeWatch::Follow() {
  following_ = exists_;
  followed_device_ = status_.st_dev;
  followed_inode_ = status_.st_ino;
  reliable_ = reports_.Follow(path_, status_);
}

bool ChangeWatch::IsFollowed() const {
  return following_ && followed_device_ == status_.st_dev && followed_inode_ == status_.st_ino;
}

bool ChangeWatch::IsNamed() const {
  struct stat named = {};
  return lstat(path_.c_str(), &named) == 0 && SameFile(named, status_);
}

}  // namespace hyperv_kvp

#include "change_watch.h"

#include <ctime>

namespace hyperv_kvp {

namespace {

// A file that changed this shortly before it was settled may change again without its times telling: longer than a
// clock tick, and than the whole seconds that some network file systems keep.
constexpr time_t kCoarsestTimeSeconds = 2;

bool SameTime(const timespec& a, const timespec& b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

bool SameFile(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_mode == b.st_mode && a.st_size == b.st_size &&
         SameTime(a.st_mtim, b.st_mtim) && SameTime(a.st_ctim, b.st_ctim);
}

timespec Now() {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  return now;
}

}  // namespace

Napi::Function ChangeWatch::Define(Napi::Env env) {
  return DefineClass(env, "ChangeWatch",
                     {
                         InstanceMethod<&ChangeWatch::Settle>("settle"),
                         InstanceMethod<&ChangeWatch::Changed>("changed"),
                         InstanceMethod<&ChangeWatch::Close>("close"),
                     });
}

ChangeWatch::ChangeWatch(const Napi::CallbackInfo& info) : ObjectWrap(info), path_(info[0].As<Napi::String>()) {}

// settle(): what the file is from now on counts as known. Reports are drained before its status is taken, so that a
// change in between is told by the status or by a new report.
void ChangeWatch::Settle(const Napi::CallbackInfo&) {
  reliable_ = reports_.Follow(path_);
  while (reports_.HasOne()) continue;
  exists_ = lstat(path_.c_str(), &status_) == 0;
  settled_at_ = Now();
  settled_ = true;
}

// changed(): whether the file may differ from what it was when settled.
Napi::Value ChangeWatch::Changed(const Napi::CallbackInfo& info) {
  const auto result = [&](bool changed) { return Napi::Boolean::New(info.Env(), changed); };
  if (!settled_ || reports_.HasOne()) return result(true);
  struct stat status;
  const bool exists = lstat(path_.c_str(), &status) == 0;
  if (exists != exists_) return result(true);
  if (!exists) return result(false);
  if (!SameFile(status, status_)) return result(true);
  return result(!reliable_ && status.st_ctim.tv_sec + kCoarsestTimeSeconds >= settled_at_.tv_sec);
}

void ChangeWatch::Close(const Napi::CallbackInfo&) {
  reports_.Close();
  settled_ = false;
}

}  // namespace hyperv_kvp

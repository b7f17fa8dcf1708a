#include "change_watch.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#ifdef __linux__
#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#else
#include <sys/param.h>
// FreeBSD's other headers need it before them.
#include <sys/event.h>
#include <sys/mount.h>
#endif

namespace hyperv_kvp {

namespace {

// A file that changed this shortly before it was settled may change again without its times telling: longer than a
// clock tick, and than the whole seconds that some network file systems keep.
constexpr time_t kCoarsestTimeSeconds = 2;

bool SameTime(const timespec& a, const timespec& b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

bool SameFile(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

bool SameStatus(const struct stat& a, const struct stat& b) {
  return SameFile(a, b) && a.st_mode == b.st_mode && a.st_size == b.st_size && SameTime(a.st_mtim, b.st_mtim) &&
         SameTime(a.st_ctim, b.st_ctim);
}

timespec Now() {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  return now;
}

#ifdef __linux__

constexpr uint32_t kChanges = IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_DONT_FOLLOW;

// Changes made by another machine are not reported. Numbers that linux/magic.h lacks are from the drivers' sources.
bool IsRemote(const char* path) {
  constexpr decltype(statfs::f_type) kFuse = 0x65735546;
  constexpr decltype(statfs::f_type) kCeph = 0x00c36400;
  constexpr decltype(statfs::f_type) kCifs = 0xff534d42;
  constexpr decltype(statfs::f_type) kSmb2 = 0xfe534d42;
  struct statfs system;
  if (statfs(path, &system) != 0) return true;
  switch (system.f_type) {
    case NFS_SUPER_MAGIC:
    case SMB_SUPER_MAGIC:
    case V9FS_MAGIC:
    case AFS_SUPER_MAGIC:
    case CODA_SUPER_MAGIC:
    case kFuse:
    case kCeph:
    case kCifs:
    case kSmb2:
      return true;
    default:
      return false;
  }
}

#endif

}  // namespace

Napi::Function ChangeWatch::Define(Napi::Env env) {
  return DefineClass(env, "ChangeWatch",
                     {
                         InstanceMethod<&ChangeWatch::Settle>("settle"),
                         InstanceMethod<&ChangeWatch::Changed>("changed"),
                         InstanceMethod<&ChangeWatch::Close>("close"),
                     });
}

ChangeWatch::ChangeWatch(const Napi::CallbackInfo& info) : ObjectWrap(info), path_(info[0].As<Napi::String>()) {
#ifdef __linux__
  queue_.Reset(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
#else
  queue_.Reset(kqueue());
  if (queue_.IsOpen()) fcntl(queue_.get(), F_SETFD, FD_CLOEXEC);
#endif
}

// settle(fd?): what the file is from now on counts as known: the one open at the descriptor, or, without one, whatever the
// path names. Returns its size, or -1 if the path does not name it any more. Reports are taken before its status, so that
// a change in between is told by the status or by a new report.
Napi::Value ChangeWatch::Settle(const Napi::CallbackInfo& info) {
  constexpr int kNone = -1;
  const int fd = info[0].IsNumber() ? info[0].As<Napi::Number>().Int32Value() : kNone;
  const bool moved = TakeReports() == Report::kOther;
  TakeStatus(fd);
  const bool followed = !moved && IsFollowed();
  if (!followed) {
    following_ = exists_;
    followed_device_ = status_.st_dev;
    followed_inode_ = status_.st_ino;
    reliable_ = Follow();
    TakeReports();
    TakeStatus(fd);
  }
  settled_at_ = Now();
  settled_ = true;
  // A file that has been moved, removed or replaced is reported.
  const bool named = fd == kNone || (followed && reliable_ && status_.st_nlink > 0) || IsNamed();
  return Napi::Number::New(info.Env(), exists_ && named ? static_cast<double>(status_.st_size) : kNone);
}

// changed(): whether the path may name anything else than the file as it was when settled.
Napi::Value ChangeWatch::Changed(const Napi::CallbackInfo& info) {
  const auto result = [&](bool changed) { return Napi::Boolean::New(info.Env(), changed); };
  // Until settled again: a report is taken once.
  settled_ = settled_ && TakeReports() == Report::kNothing;
  if (!settled_) return result(true);
  struct stat status;
  const bool exists = lstat(path_.c_str(), &status) == 0;
  if (exists != exists_) return result(true);
  if (!exists) return result(false);
  if (!SameStatus(status, status_)) return result(true);
  return result(!reliable_ && status.st_ctim.tv_sec + kCoarsestTimeSeconds >= settled_at_.tv_sec);
}

void ChangeWatch::TakeStatus(int fd) {
  exists_ = (fd < 0 ? lstat(path_.c_str(), &status_) : fstat(fd, &status_)) == 0;
}

bool ChangeWatch::IsFollowed() const {
  return following_ && followed_device_ == status_.st_dev && followed_inode_ == status_.st_ino;
}

bool ChangeWatch::IsNamed() const {
  struct stat named;
  return lstat(path_.c_str(), &named) == 0 && SameFile(named, status_);
}

void ChangeWatch::Close(const Napi::CallbackInfo&) {
  queue_.Reset();
  followed_.Reset();
  settled_ = false;
  following_ = false;
}

#ifdef __linux__

bool ChangeWatch::Follow() {
  if (!queue_.IsOpen()) return false;
  const int watch = inotify_add_watch(queue_.get(), path_.c_str(), kChanges);
  // An inode that the path does not name any more has nothing to tell.
  if (watch_ >= 0 && watch_ != watch) inotify_rm_watch(queue_.get(), watch_);
  watch_ = watch;
  return watch >= 0 && !IsRemote(path_.c_str());
}

// A file that was removed takes its watch with it, and a new one may get its number: so after anything but a write the
// path is followed anew. An overflow of the kernel's queue is a report too.
ChangeWatch::Report ChangeWatch::TakeReports() {
  constexpr size_t kBufferSize = 4096;
  alignas(inotify_event) char buffer[kBufferSize];
  Report report = Report::kNothing;
  for (bool more = queue_.IsOpen(); more;) {
    const ssize_t count = read(queue_.get(), buffer, sizeof buffer);
    if (count <= 0) break;
    if (report == Report::kNothing) report = Report::kWritten;
    size_t place = 0;
    while (place < static_cast<size_t>(count)) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer + place);
      if (event->mask != IN_MODIFY) report = Report::kOther;
      place += sizeof *event + event->len;
    }
    // Reports on a file bear no name. If there was room for another one, there was none.
    more = kBufferSize - place < sizeof(inotify_event);
  }
  if (report == Report::kOther) following_ = false;
  return report;
}

#else

bool ChangeWatch::Follow() {
  struct statfs system;
  struct stat now;
  if (!queue_.IsOpen() || lstat(path_.c_str(), &now) != 0 || !S_ISREG(now.st_mode)) return false;
  struct stat followed;
  if (!followed_.IsOpen() || fstat(followed_.get(), &followed) != 0 || !SameFile(now, followed)) {
    // Closing the old descriptor ends the old watch. It is never one of a file that we hold a lock on: fcntl locks go
    // with any descriptor of their file.
    followed_.Reset(open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    if (!followed_.IsOpen()) return false;
    struct kevent event;
    EV_SET(&event, static_cast<uintptr_t>(followed_.get()), EVFILT_VNODE, EV_ADD | EV_CLEAR,
           NOTE_WRITE | NOTE_EXTEND | NOTE_ATTRIB | NOTE_DELETE | NOTE_RENAME | NOTE_LINK, 0, nullptr);
    if (kevent(queue_.get(), &event, 1, nullptr, 0, nullptr) != 0) return false;
  }
  return fstatfs(followed_.get(), &system) == 0 && (system.f_flags & MNT_LOCAL) != 0;
}

ChangeWatch::Report ChangeWatch::TakeReports() {
  constexpr unsigned kWrites = NOTE_WRITE | NOTE_EXTEND;
  const timespec at_once = {};
  Report report = Report::kNothing;
  struct kevent event;
  while (queue_.IsOpen() && kevent(queue_.get(), nullptr, 0, &event, 1, &at_once) > 0) {
    if (report == Report::kNothing) report = Report::kWritten;
    if ((event.fflags & ~kWrites) != 0) report = Report::kOther;
  }
  if (report == Report::kOther) following_ = false;
  return report;
}

#endif

}  // namespace hyperv_kvp

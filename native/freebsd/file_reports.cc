#include "file_reports.h"

#include <sys/param.h>
#include <sys/types.h>
// Both need the types of the two before.
#include <fcntl.h>
#include <sys/event.h>
#include <sys/mount.h>

#include <cstdint>
#include <ctime>

#include "file_status.h"

namespace hyperv_kvp {

namespace {

constexpr unsigned kWrites = NOTE_WRITE | NOTE_EXTEND;
constexpr unsigned kChanges = kWrites | NOTE_ATTRIB | NOTE_DELETE | NOTE_RENAME | NOTE_LINK;

bool IsOpenHere(const UniqueFd& fd, const struct stat& file) {
  struct stat own = {};
  return fd.IsOpen() && fstat(fd.get(), &own) == 0 && SameFile(own, file);
}

}  // namespace

FileReports::FileReports() : queue_(kqueue()) {
  if (queue_.IsOpen()) fcntl(queue_.get(), F_SETFD, FD_CLOEXEC);
}

bool FileReports::Follow(const std::string& path, const struct stat& file) {
  struct stat now = {};
  if (!queue_.IsOpen() || lstat(path.c_str(), &now) != 0 || !SameFile(now, file) || !S_ISREG(now.st_mode)) return false;
  if (!IsOpenHere(followed_, now)) {
    // Closing the old descriptor ends the old watch. It is never one of a file that we hold a lock on, which is `file`:
    // fcntl locks go with any descriptor of their file.
    followed_.Reset(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    is_watched_ = false;
  }
  if (!followed_.IsOpen()) return false;
  is_watched_ = is_watched_ || Watch();
  struct statfs system = {};
  return is_watched_ && fstatfs(followed_.get(), &system) == 0 && (system.f_flags & MNT_LOCAL) != 0;
}

bool FileReports::Watch() {
  struct kevent event = {};
  EV_SET(&event, static_cast<uintptr_t>(followed_.get()), EVFILT_VNODE, EV_ADD | EV_CLEAR, kChanges, 0, nullptr);
  return kevent(queue_.get(), &event, 1, nullptr, 0, nullptr) == 0;
}

Report FileReports::Take() {
  const timespec at_once = {};
  Report report = Report::kNothing;
  struct kevent event = {};
  while (queue_.IsOpen() && kevent(queue_.get(), nullptr, 0, &event, 1, &at_once) > 0) {
    if (report == Report::kNothing) report = Report::kWrites;
    if ((event.fflags & ~kWrites) != 0) report = Report::kOther;
  }
  return report;
}

void FileReports::Close() {
  queue_.Reset();
  followed_.Reset();
}

}  // namespace hyperv_kvp

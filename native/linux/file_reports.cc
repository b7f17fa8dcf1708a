#include "file_reports.h"

#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace hyperv_kvp {

namespace {

constexpr uint32_t kChanges = IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_DONT_FOLLOW;

// Changes made by another machine are not reported. Numbers that linux/magic.h lacks are from the drivers' sources.
bool IsRemote(const char* path) {
  constexpr decltype(statfs::f_type) kFuse = 0x65735546;
  constexpr decltype(statfs::f_type) kCeph = 0x00c36400;
  constexpr decltype(statfs::f_type) kCifs = 0xff534d42;
  constexpr decltype(statfs::f_type) kSmb2 = 0xfe534d42;
  struct statfs system = {};
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

}  // namespace

FileReports::FileReports() : queue_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

bool FileReports::Follow(const std::string& path, const struct stat&) {
  if (!queue_.IsOpen()) return false;
  const int watch = inotify_add_watch(queue_.get(), path.c_str(), kChanges);
  // An inode that the path does not name any more has nothing to report.
  if (watch_ >= 0 && watch_ != watch) inotify_rm_watch(queue_.get(), watch_);
  watch_ = watch;
  return watch >= 0 && !IsRemote(path.c_str());
}

Report FileReports::Take() {
  constexpr size_t kBufferSize = 4096;
  alignas(inotify_event) char buffer[kBufferSize];  // NOLINT(cppcoreguidelines-avoid-c-arrays): not filled first
  Report report = Report::kNothing;
  for (bool more = queue_.IsOpen(); more;) {
    const ssize_t count = read(queue_.get(), buffer, sizeof buffer);
    if (count <= 0) break;
    if (report == Report::kNothing) report = Report::kWrites;
    const char* const end = buffer + count;
    const char* place = buffer;
    while (place < end) {
      const auto* event = reinterpret_cast<const inotify_event*>(place);
      // An overflow of the kernel's queue is something else, too.
      if (event->mask != IN_MODIFY) report = Report::kOther;
      place += sizeof *event + event->len;
    }
    // Reports on a file bear no name: where there was room for another one, there was none.
    more = kBufferSize - static_cast<size_t>(count) < sizeof(inotify_event);
  }
  return report;
}

}  // namespace hyperv_kvp

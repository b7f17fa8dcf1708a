#ifndef HYPERV_KVP_FILE_STATUS_H_
#define HYPERV_KVP_FILE_STATUS_H_

#include <sys/stat.h>

#include <ctime>

namespace hyperv_kvp {

// A file that changed this shortly before it was looked at may change again without its times telling: longer than a
// clock tick, and than the whole seconds that some network file systems keep.
constexpr time_t kCoarsestTimeSeconds = 2;

inline bool SameTime(const timespec& a, const timespec& b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

inline bool SameFile(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

inline bool SameStatus(const struct stat& a, const struct stat& b) {
  return SameFile(a, b) && a.st_mode == b.st_mode && a.st_size == b.st_size && SameTime(a.st_mtim, b.st_mtim) &&
         SameTime(a.st_ctim, b.st_ctim);
}

// Whether a change at a moment after the given one shows in the times.
inline bool IsOld(const struct stat& status, const timespec& at) {
  const time_t seconds = at.tv_sec - status.st_ctim.tv_sec;
  return seconds > kCoarsestTimeSeconds || (seconds == kCoarsestTimeSeconds && at.tv_nsec > status.st_ctim.tv_nsec);
}

inline timespec Now() {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  return now;
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FILE_STATUS_H_

#ifndef HYPERV_KVP_FILE_REPORTS_H_
#define HYPERV_KVP_FILE_REPORTS_H_

#include <sys/stat.h>

#include <string>

#include "report.h"
#include "unique_fd.h"

namespace hyperv_kvp {

// The kernel's reports of changes of a file, by inotify(7), collected on a descriptor that nobody polls.
class FileReports {
 public:
  FileReports();

  // The file that the path names now is the one that is reported of; whether every change of it will be. `file` is the
  // one that is meant, which may be locked: where closing a descriptor ends its lock, no other file is followed.
  bool Follow(const std::string& path, const struct stat& file);

  // Takes what has been reported since.
  Report Take();

  void Close() { queue_.Reset(); }

 private:
  UniqueFd queue_;
  int watch_ = -1;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FILE_REPORTS_H_

#ifndef HYPERV_KVP_FILE_REPORTS_H_
#define HYPERV_KVP_FILE_REPORTS_H_

#include <string>

#include "unique_fd.h"

namespace hyperv_kvp {

// The kernel's reports of changes of a file, by inotify(7), collected on a descriptor that nobody polls.
class FileReports {
 public:
  FileReports();

  // The file that the path names now is the one that is reported of; whether every change of it will be.
  bool Follow(const std::string& path);

  // Takes reports, as many as there are at once; whether there was one. An overflow of the kernel's queue is one too.
  bool HasOne();

  void Close() { queue_.Reset(); }

 private:
  UniqueFd queue_;
  int watch_ = -1;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FILE_REPORTS_H_

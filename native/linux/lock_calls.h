#ifndef HYPERV_KVP_LOCK_CALLS_H_
#define HYPERV_KVP_LOCK_CALLS_H_

#include <fcntl.h>
#include <sys/file.h>

namespace hyperv_kvp {

// Classic fcntl locks are lost when any descriptor of the file is closed; these belong to the descriptor.
constexpr int kSetLock = F_OFD_SETLK;
constexpr int kGetLock = F_OFD_GETLK;

// Another kind of lock here, which knows nothing of fcntl's.
inline int SetFlock(int fd, int operation) { return flock(fd, operation); }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_LOCK_CALLS_H_

#ifndef HYPERV_KVP_LOCK_CALLS_H_
#define HYPERV_KVP_LOCK_CALLS_H_

#include <fcntl.h>

namespace hyperv_kvp {

// The classic locks are all there is: they are lost when any descriptor of the file is closed.
constexpr int kSetLock = F_SETLK;
constexpr int kGetLock = F_GETLK;

// One with fcntl's here: with both, we would stand in our own way.
inline int SetFlock(int, int) { return 0; }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_LOCK_CALLS_H_

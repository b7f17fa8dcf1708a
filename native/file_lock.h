#ifndef HYPERV_KVP_FILE_LOCK_H_
#define HYPERV_KVP_FILE_LOCK_H_

#include <napi.h>

namespace hyperv_kvp {

// Locks a whole file as every other writer of the pools expects: on Linux flock(2) and fcntl(2), which know nothing of
// each other there; on FreeBSD, where they are one, fcntl(2) alone.

// tryLock(fd, 'exclusive' | 'shared'): true if we have both, false if we have neither; never waits.
// An exclusive lock needs a descriptor open for writing, a shared one a descriptor open for reading.
Napi::Value TryLock(const Napi::CallbackInfo& info);

// unlock(fd)
void Unlock(const Napi::CallbackInfo& info);

// lockHolder(fd): process that holds a conflicting fcntl lock; undefined when there is none or the system does not say.
Napi::Value LockHolder(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FILE_LOCK_H_

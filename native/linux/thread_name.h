#ifndef HYPERV_KVP_THREAD_NAME_H_
#define HYPERV_KVP_THREAD_NAME_H_

#include <sys/prctl.h>

namespace hyperv_kvp {

// The kernel keeps at most 15 bytes.
inline void NameThisThread(const char* name) { prctl(PR_SET_NAME, name); }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_THREAD_NAME_H_

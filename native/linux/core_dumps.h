#ifndef HYPERV_KVP_CORE_DUMPS_H_
#define HYPERV_KVP_CORE_DUMPS_H_

#include <sys/prctl.h>

namespace hyperv_kvp {

// Whether the kernel may write this process's memory to a file, or let others of its user look into it. -1 if it
// refuses.
constexpr const char* kDumpCall = "prctl";
inline int AllowCoreDumps(bool allowed) { return prctl(PR_SET_DUMPABLE, allowed ? 1 : 0); }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_CORE_DUMPS_H_

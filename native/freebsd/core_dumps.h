#ifndef HYPERV_KVP_CORE_DUMPS_H_
#define HYPERV_KVP_CORE_DUMPS_H_

#include <sys/procctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hyperv_kvp {

// Whether the kernel may write this process's memory to a file, or let others of its user look into it. -1 if it
// refuses.
constexpr const char* kDumpCall = "procctl";
inline int AllowCoreDumps(bool allowed) {
  int mode = allowed ? PROC_TRACE_CTL_ENABLE : PROC_TRACE_CTL_DISABLE;
  return procctl(P_PID, static_cast<id_t>(getpid()), PROC_TRACE_CTL, &mode);
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_CORE_DUMPS_H_

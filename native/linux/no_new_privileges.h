#ifndef HYPERV_KVP_NO_NEW_PRIVILEGES_H_
#define HYPERV_KVP_NO_NEW_PRIVILEGES_H_

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hyperv_kvp {

constexpr const char* kNoNewPrivilegesCall = "prctl";

// False, with errno set, if it failed. The flag is a thread's own; only a filter of system calls, even one that allows
// all, gives it to the threads that there are already.
inline bool ForbidNewPrivilegesToAllThreads() {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  sock_filter allow_all = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const sock_fprog program = {1, &allow_all};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_NO_NEW_PRIVILEGES_H_

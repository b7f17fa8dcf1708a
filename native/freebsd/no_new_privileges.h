#ifndef HYPERV_KVP_NO_NEW_PRIVILEGES_H_
#define HYPERV_KVP_NO_NEW_PRIVILEGES_H_

#include <sys/procctl.h>
#include <unistd.h>

namespace hyperv_kvp {

constexpr const char* kNoNewPrivilegesCall = "procctl";

// False, with errno set, if it failed.
inline bool ForbidNewPrivilegesToAllThreads() {
  int enable = PROC_NO_NEW_PRIVS_ENABLE;
  return procctl(P_PID, static_cast<id_t>(getpid()), PROC_NO_NEW_PRIVS_CTL, &enable) == 0;
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_NO_NEW_PRIVILEGES_H_

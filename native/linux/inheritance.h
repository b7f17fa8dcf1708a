#ifndef HYPERV_KVP_INHERITANCE_H_
#define HYPERV_KVP_INHERITANCE_H_

#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

namespace hyperv_kvp {

// A keyring of our own for the session, so that the starter's keys are out of reach. Where the system has none, or lets
// nobody ask, as in many containers, there is nothing to leave.
inline void LeaveSessionKeyring() { syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr); }

// Closes all descriptors from `first` on. Kernels before 5.9 close one at a time.
inline void CloseFrom(int first) {
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
  const long limit = sysconf(_SC_OPEN_MAX);
  for (int fd = first; fd < limit; ++fd) close(fd);
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_INHERITANCE_H_

#ifndef HYPERV_KVP_INHERITANCE_H_
#define HYPERV_KVP_INHERITANCE_H_

#include <unistd.h>

namespace hyperv_kvp {

// FreeBSD has no keyrings.
inline void LeaveSessionKeyring() {}

// Closes all descriptors from `first` on.
inline void CloseFrom(int first) { closefrom(first); }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_INHERITANCE_H_

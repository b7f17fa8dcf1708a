#ifndef HYPERV_KVP_READ_PAUSE_H_
#define HYPERV_KVP_READ_PAUSE_H_

namespace hyperv_kvp {

// The driver announces a message once it is complete.
inline void PauseBeforeRead() {}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_READ_PAUSE_H_

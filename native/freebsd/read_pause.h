#ifndef HYPERV_KVP_READ_PAUSE_H_
#define HYPERV_KVP_READ_PAUSE_H_

#include <chrono>
#include <thread>

namespace hyperv_kvp {

// hv_kvp.c sets POLLIN before it has converted the message, and only then goes to sleep until the reply. Whoever is
// faster may read half a message, and a reply that comes before the sleep does not end it: the next request waits 5 s.
inline void PauseBeforeRead() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_READ_PAUSE_H_

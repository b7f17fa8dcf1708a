#ifndef HYPERV_KVP_FREED_MEMORY_H_
#define HYPERV_KVP_FREED_MEMORY_H_

#include <malloc.h>

namespace hyperv_kvp {

// glibc raises its threshold with the largest block that it sees freed, unless one is set; musl has none.
inline void ReturnFreedMemory() {
#ifdef M_TRIM_THRESHOLD
  constexpr int kInitialThreshold = 128 * 1024;
  mallopt(M_TRIM_THRESHOLD, kInitialThreshold);  // NOLINT(concurrency-mt-unsafe): it takes the arena's lock
#endif
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FREED_MEMORY_H_

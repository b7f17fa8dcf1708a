#ifndef HYPERV_KVP_FREED_MEMORY_H_
#define HYPERV_KVP_FREED_MEMORY_H_

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace hyperv_kvp {

// glibc raises its threshold with the largest block that it sees freed, unless it is told one.
inline void ReturnFreedMemory() {
#ifdef __GLIBC__
  constexpr int kInitialThreshold = 128 * 1024;
  mallopt(M_TRIM_THRESHOLD, kInitialThreshold);
#endif
}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FREED_MEMORY_H_

#ifndef HYPERV_KVP_FREED_MEMORY_H_
#define HYPERV_KVP_FREED_MEMORY_H_

namespace hyperv_kvp {

// jemalloc returns it after some seconds by itself.
inline void ReturnFreedMemory() {}

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FREED_MEMORY_H_

#ifndef HYPERV_KVP_BENCH_FILE_CALLS_H_
#define HYPERV_KVP_BENCH_FILE_CALLS_H_

#include <napi.h>

namespace hyperv_kvp_bench {

// One system call each, to be compared with node:fs; -1 where the system fails.

// readAt(fd, into, offset)
Napi::Value ReadAt(const Napi::CallbackInfo& info);

// writeAt(fd, bytes, offset)
Napi::Value WriteAt(const Napi::CallbackInfo& info);

// sizeOf(fd)
Napi::Value SizeOf(const Napi::CallbackInfo& info);

// sizeAt(path)
Napi::Value SizeAt(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp_bench

#endif  // HYPERV_KVP_BENCH_FILE_CALLS_H_

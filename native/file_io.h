#ifndef HYPERV_KVP_FILE_IO_H_
#define HYPERV_KVP_FILE_IO_H_

#include <napi.h>

namespace hyperv_kvp {

// One system call each, without what node:fs adds around it: a SET makes a dozen of them. They may transfer less than
// asked for, and may be interrupted.

// readAt(fd, into, offset): bytes read, 0 at the end of the file.
Napi::Value ReadAt(const Napi::CallbackInfo& info);

// writeAt(fd, bytes, offset): bytes written.
Napi::Value WriteAt(const Napi::CallbackInfo& info);

// append(fd, bytes): bytes written, to where a descriptor that was opened for appending writes.
Napi::Value Append(const Napi::CallbackInfo& info);

// sizeOf(fd): bytes in the file.
Napi::Value SizeOf(const Napi::CallbackInfo& info);

// isLinked(fd): whether the file still has a name.
Napi::Value IsLinked(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_FILE_IO_H_

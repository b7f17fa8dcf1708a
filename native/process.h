#ifndef HYPERV_KVP_PROCESS_H_
#define HYPERV_KVP_PROCESS_H_

#include <napi.h>

namespace hyperv_kvp {

// setProcessName(name): what ps, pgrep and /proc/PID/comm show; must be called from the main thread.
void SetProcessName(const Napi::CallbackInfo& info);

// forbidNewPrivileges(): from now on no program that is run, by whatever thread, has more rights than we have.
void ForbidNewPrivileges(const Napi::CallbackInfo& info);

// allowCoreDumps(allowed): whether a crash may write the memory of this process to a file.
void AllowCoreDumpsFromJavaScript(const Napi::CallbackInfo& info);

// giveBackFreedMemory(): the C library is to return what is freed to the system from now on, rather than keep ever
// more.
void GiveBackFreedMemory(const Napi::CallbackInfo& info);

// writeSystemLog(name, priority, text): a line for the system's log, facility daemon, from a process without standard
// error; whether it could be sent at once.
Napi::Value WriteSystemLog(const Napi::CallbackInfo& info);

// writeWithoutWaiting(fd, text): whether all of it was written; the rest is not, if whoever reads does not keep up.
Napi::Value WriteWithoutWaiting(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_PROCESS_H_

#include "process.h"

#include <syslog.h>

#include <cstdlib>
#include <string>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "thread_name.h"

namespace hyperv_kvp {

void SetProcessName(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  NameThisThread(name.c_str());
}

// glibc raises its threshold with the largest block that it sees freed; said once, it stays. Other libraries have none.
void GiveBackFreedMemory(const Napi::CallbackInfo&) {
#ifdef __GLIBC__
  constexpr int kInitialThreshold = 128 * 1024;
  mallopt(M_TRIM_THRESHOLD, kInitialThreshold);
#endif
}

void WriteSystemLog(const Napi::CallbackInfo& info) {
  const int priority = info[0].As<Napi::Number>();
  const std::string text = info[1].As<Napi::String>();
  // Without a name of ours, syslog tells the executable's, which is Node's.
  openlog("hv_kvp_daemon", LOG_PID, LOG_DAEMON);
  syslog(priority, "%s", text.c_str());
}

}  // namespace hyperv_kvp

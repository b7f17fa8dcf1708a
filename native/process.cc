#include "process.h"

#include <syslog.h>

#include <string>

#include "freed_memory.h"
#include "thread_name.h"

namespace hyperv_kvp {

void SetProcessName(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  NameThisThread(name.c_str());
}

void GiveBackFreedMemory(const Napi::CallbackInfo&) { ReturnFreedMemory(); }

void WriteSystemLog(const Napi::CallbackInfo& info) {
  const int priority = info[0].As<Napi::Number>();
  const std::string text = info[1].As<Napi::String>();
  // Without a name of ours, syslog tells the executable's, which is Node's.
  openlog("hv_kvp_daemon", LOG_PID, LOG_DAEMON);
  syslog(priority, "%s", text.c_str());
}

}  // namespace hyperv_kvp

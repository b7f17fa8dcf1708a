#include "process.h"

#include <pthread.h>
#include <syslog.h>
#ifdef __linux__
#include <sys/prctl.h>
#else
#include <pthread_np.h>
#endif

#include <string>

namespace hyperv_kvp {

void NameThisThread(const char* name) {
#ifdef __linux__
  prctl(PR_SET_NAME, name);
#else
  pthread_set_name_np(pthread_self(), name);
#endif
}

void SetProcessName(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  NameThisThread(name.c_str());
}

void WriteSystemLog(const Napi::CallbackInfo& info) {
  const int priority = info[0].As<Napi::Number>();
  const std::string text = info[1].As<Napi::String>();
  // Without a name of ours, syslog tells the executable's, which is Node's.
  openlog("hv_kvp_daemon", LOG_PID, LOG_DAEMON);
  syslog(priority, "%s", text.c_str());
}

}  // namespace hyperv_kvp

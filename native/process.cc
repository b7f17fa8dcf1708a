#include "process.h"

#include <syslog.h>

#include <cerrno>
#include <string>

#include "errno_error.h"
#include "no_new_privileges.h"
#include "thread_name.h"

namespace hyperv_kvp {

void SetProcessName(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  NameThisThread(name.c_str());
}

void ForbidNewPrivileges(const Napi::CallbackInfo& info) {
  if (!ForbidNewPrivilegesToAllThreads()) ThrowErrno(info.Env(), errno, "prctl");
}

void WriteSystemLog(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  const int priority = info[1].As<Napi::Number>();
  const std::string text = info[2].As<Napi::String>();
  // Without a name of ours, syslog tells the executable's, which is Node's.
  openlog(name.c_str(), LOG_PID, LOG_DAEMON);
  syslog(priority, "%s", text.c_str());
  // It would keep the name's address.
  closelog();
}

}  // namespace hyperv_kvp

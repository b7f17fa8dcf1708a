#include "process.h"

#include <limits.h>
#include <poll.h>
#include <syslog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <string>

#include "core_dumps.h"
#include "datagram.h"
#include "errno_error.h"
#include "freed_memory.h"
#include "no_new_privileges.h"
#include "thread_name.h"

namespace hyperv_kvp {

void SetProcessName(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  NameThisThread(name.c_str());
}

void ForbidNewPrivileges(const Napi::CallbackInfo& info) {
  if (!ForbidNewPrivilegesToAllThreads()) ThrowErrno(info.Env(), errno, kNoNewPrivilegesCall);
}

void AllowCoreDumpsFromJavaScript(const Napi::CallbackInfo& info) {
  if (AllowCoreDumps(info[0].ToBoolean()) != 0) ThrowErrno(info.Env(), errno, kDumpCall);
}

void GiveBackFreedMemory(const Napi::CallbackInfo&) { ReturnFreedMemory(); }

// As syslog(3) writes it, which would wait while nobody reads.
Napi::Value WriteSystemLog(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  const int priority = info[1].As<Napi::Number>();
  const std::string text = info[2].As<Napi::String>();
  const time_t now = time(nullptr);
  tm local{};
  localtime_r(&now, &local);
  constexpr size_t kHeadSize = 64;
  std::array<char, kHeadSize> head{};
  const size_t size = std::strftime(head.data(), head.size(), "%b %e %H:%M:%S ", &local);
  const std::string line = '<' + std::to_string(LOG_DAEMON | priority) + '>' + std::string(head.data(), size) + name +
                           '[' + std::to_string(getpid()) + "]: " + text;
  return Napi::Boolean::New(info.Env(), SendAtOnce(_PATH_LOG, line));
}

// Not O_NONBLOCK, which whoever else has the descriptor would get too. What poll calls writable takes so much at once.
Napi::Value WriteWithoutWaiting(const Napi::CallbackInfo& info) {
  pollfd room{info[0].As<Napi::Number>().Int32Value(), POLLOUT, 0};
  const std::string text = info[1].As<Napi::String>();
  size_t written = 0;
  while (written < text.size() && poll(&room, 1, 0) == 1) {
    const size_t amount = std::min(text.size() - written, size_t{PIPE_BUF});
    const ssize_t count = write(room.fd, text.data() + written, amount);
    if (count < 0 && errno != EINTR) {
      ThrowErrno(info.Env(), errno, "write");
      return info.Env().Undefined();
    }
    written += static_cast<size_t>(std::max(count, ssize_t{0}));
  }
  return Napi::Boolean::New(info.Env(), written == text.size());
}

}  // namespace hyperv_kvp

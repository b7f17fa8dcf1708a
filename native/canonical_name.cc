#include "canonical_name.h"

#include <netdb.h>
#include <pthread.h>
#include <sys/socket.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "errno_error.h"
#include "signals_blocked.h"
#include "thread_name.h"

namespace hyperv_kvp {

namespace {

// "" if there is none.
std::string CanonicalName(const std::string& name) {
  addrinfo hints{};
  hints.ai_flags = AI_CANONNAME;
  // One entry an address, not one for each kind of socket.
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* first = nullptr;
  if (getaddrinfo(name.c_str(), nullptr, &hints, &first) != 0) return "";
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(first, freeaddrinfo);
  return list->ai_canonname == nullptr ? "" : list->ai_canonname;
}

// Shared by the thread and the environment that asked, of which either may end first.
class LookUp {
 public:
  using Shared = std::shared_ptr<LookUp>;

  // Returns 0 or an errno.
  static int Start(Napi::Env env, std::string name, Napi::Function answer) {
    const auto look_up = std::make_shared<LookUp>(std::move(name));
    auto for_environment = std::make_unique<Shared>(look_up);
    look_up->callback_ = Callback::New(env, answer, "kvp-name", 0, 1, for_environment.release(), EnvironmentEnds,
                                       static_cast<void*>(nullptr));
    auto for_thread = std::make_unique<Shared>(look_up);
    pthread_t thread{};
    const AllSignalsBlocked blocked;
    const int error = pthread_create(&thread, nullptr, Run, for_thread.get());
    if (error != 0) {
      look_up->callback_.Abort();
      return error;
    }
    // The thread has it.
    static_cast<void>(for_thread.release());
    pthread_detach(thread);
    return 0;
  }

  explicit LookUp(std::string name) : name_(std::move(name)) {}

 private:
  static void CallJavaScript(Napi::Env env, Napi::Function answer, Shared* shared, void*) {
    if (env == nullptr || answer == nullptr) return;
    const std::string& found = (*shared)->answer_;
    answer.Call({found.empty() ? env.Undefined() : Napi::String::New(env, found)});
  }
  using Callback = Napi::TypedThreadSafeFunction<Shared, void, CallJavaScript>;

  // After this the callback is gone.
  static void EnvironmentEnds(Napi::Env, void*, Shared* shared) {
    const std::unique_ptr<Shared> own(shared);
    const std::lock_guard<std::mutex> lock((*own)->mutex_);
    (*own)->is_awaited_ = false;
  }

  static void* Run(void* shared) {
    const std::unique_ptr<Shared> own(static_cast<Shared*>(shared));
    NameThisThread("kvp-name");
    (*own)->Ask();
    return nullptr;
  }

  void Ask() {
    std::string answer = CanonicalName(name_);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!is_awaited_) return;
    answer_ = std::move(answer);
    callback_.NonBlockingCall();
    callback_.Release();
  }

  const std::string name_;
  std::mutex mutex_;
  bool is_awaited_ = true;
  std::string answer_;
  Callback callback_;
};

}  // namespace

void LookUpCanonicalName(const Napi::CallbackInfo& info) {
  const int error = LookUp::Start(info.Env(), info[0].As<Napi::String>(), info[1].As<Napi::Function>());
  if (error != 0) ThrowErrno(info.Env(), error, "pthread_create");
}

}  // namespace hyperv_kvp

#ifndef HYPERV_KVP_POLL_THREAD_H_
#define HYPERV_KVP_POLL_THREAD_H_

#include <napi.h>
#include <pthread.h>

#include "unique_fd.h"

namespace hyperv_kvp {

// Waits with poll(2) on one descriptor in a thread of its own, because libuv can watch neither system's device.
// One-shot: Arm, one call of the callback with poll's revents, silence until armed again.
class PollThread {
 public:
  PollThread() = default;
  PollThread(const PollThread&) = delete;
  PollThread& operator=(const PollThread&) = delete;
  ~PollThread() { Stop(); }

  // Returns 0 or an errno. The descriptor must outlive Stop.
  int Start(Napi::Env env, Napi::Function callback, int fd);
  void Arm();
  // Joins the thread and drops the callback; a call that is already queued does not happen any more.
  void Stop();

 private:
  enum class Command : char { kArm, kStop };

  static void CallJavaScript(Napi::Env env, Napi::Function callback, PollThread* self, void* revents);
  using Callback = Napi::TypedThreadSafeFunction<PollThread, void, CallJavaScript>;

  static void* Run(void* self);
  void Serve();
  short WaitForEvents();
  Command ReadCommand();
  void Send(Command command);

  int fd_ = -1;
  UniqueFd command_reader_;
  UniqueFd command_writer_;
  Callback callback_;
  pthread_t thread_{};
  bool running_ = false;
  bool armed_ = false;  // Seen by the JavaScript thread only.
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_POLL_THREAD_H_

#include "poll_thread.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "signals_blocked.h"
#include "system_calls.h"
#include "thread_name.h"

namespace hyperv_kvp {

int PollThread::Start(Napi::Env env, Napi::Function callback, int fd) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return errno;
  command_reader_.Reset(ends[0]);
  command_writer_.Reset(ends[1]);
  fd_ = fd;
  callback_ = Callback::New(env, callback, "kvp-poll", 0, 1, this);
  const AllSignalsBlocked blocked;
  const int error = pthread_create(&thread_, nullptr, Run, this);
  running_ = error == 0;
  if (!running_) callback_.Abort();
  return error;
}

void PollThread::Arm() {
  if (!running_ || armed_) return;
  armed_ = true;
  Send(Command::kArm);
}

void PollThread::Stop() {
  if (!running_) return;
  running_ = false;
  Send(Command::kStop);
  pthread_join(thread_, nullptr);
  command_reader_.Reset();
  command_writer_.Reset();
  callback_.Abort();
}

void* PollThread::Run(void* self) {
  NameThisThread("kvp-poll");
  static_cast<PollThread*>(self)->Serve();
  return nullptr;
}

void PollThread::Serve() {
  while (ReadCommand() == Command::kArm) {
    const short revents = WaitForEvents();
    if (revents == 0) continue;
    // The events travel in the pointer, so that nothing is left to free when the callback is aborted.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    callback_.NonBlockingCall(reinterpret_cast<void*>(static_cast<std::intptr_t>(revents)));
  }
}

// The descriptor's events, or 0 as soon as a command waits.
short PollThread::WaitForEvents() {
  std::array<pollfd, 2> waits{{{fd_, POLLIN, 0}, {command_reader_.get(), POLLIN, 0}}};
  while (system_calls.poll(waits.data(), waits.size(), nullptr) < 0) {
    if (errno != EINTR) return POLLERR;
  }
  return waits[1].revents != 0 ? short{0} : waits[0].revents;
}

PollThread::Command PollThread::ReadCommand() {
  Command command = Command::kStop;
  while (read(command_reader_.get(), &command, sizeof command) < 0) {
    if (errno != EINTR) return Command::kStop;
  }
  return command;
}

void PollThread::Send(Command command) {
  while (write(command_writer_.get(), &command, sizeof command) < 0 && errno == EINTR) {
  }
}

void PollThread::CallJavaScript(Napi::Env env, Napi::Function callback, PollThread* self, void* revents) {
  if (env == nullptr || callback == nullptr) return;  // Aborted: `self` may be gone.
  self->armed_ = false;
  const auto events = static_cast<int>(reinterpret_cast<std::intptr_t>(revents));
  callback.Call({Napi::Number::New(env, events)});
}

}  // namespace hyperv_kvp

#include "kvp_device.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <ctime>
#include <string>

#include "errno_error.h"
#include "seqpacket.h"

namespace hyperv_kvp {

namespace {

mode_t FileType(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 ? status.st_mode & S_IFMT : 0;
}

// Anything but a device or a socket is refused: a registration written into a regular file would damage it.
UniqueFd OpenChannel(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode)) return ConnectSeqpacket(path);
  UniqueFd fd(open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (fd.IsOpen() && FileType(fd.get()) != S_IFCHR) {
    fd.Reset();
    errno = ENODEV;
  }
  return fd;
}

Napi::Value Fail(const Napi::CallbackInfo& info, int error, const char* syscall) {
  ThrowErrno(info.Env(), error, syscall);
  return info.Env().Undefined();
}

}  // namespace

Napi::Function KvpDevice::Define(Napi::Env env) {
  return DefineClass(env, "KvpDevice",
                     {
                         InstanceAccessor<&KvpDevice::Fd>("fd"),
                         InstanceMethod<&KvpDevice::Arm>("arm"),
                         InstanceMethod<&KvpDevice::Poll>("poll"),
                         InstanceMethod<&KvpDevice::Read>("read"),
                         InstanceMethod<&KvpDevice::Write>("write"),
                         InstanceMethod<&KvpDevice::CloseFromJavaScript>("close"),
                     });
}

KvpDevice::KvpDevice(const Napi::CallbackInfo& info) : ObjectWrap(info), env_(info.Env()) {
  if (info[0].IsNumber()) {
    fd_.Reset(info[0].As<Napi::Number>());
  } else {
    fd_ = OpenChannel(info[0].As<Napi::String>());
    if (!fd_.IsOpen()) {
      ThrowErrno(env_, errno, "open");
      return;
    }
  }
  is_socket_ = FileType(fd_.get()) == S_IFSOCK;
  if (const int error = thread_.Start(env_, info[1].As<Napi::Function>(), fd_.get()); error != 0) {
    fd_.Reset();
    ThrowErrno(env_, error, "pthread_create");
    return;
  }
  // Registered after the callback, so it runs before the callback's own hook: the thread ends first.
  napi_add_env_cleanup_hook(env_, CloseAtExit, this);
}

KvpDevice::~KvpDevice() { Close(); }

void KvpDevice::CloseAtExit(void* self) { static_cast<KvpDevice*>(self)->Close(); }

// The one path for close(), the destructor and the end of the environment.
void KvpDevice::Close() {
  if (!fd_.IsOpen()) return;
  napi_remove_env_cleanup_hook(env_, CloseAtExit, this);
  thread_.Stop();
  fd_.Reset();
}

void KvpDevice::CloseFromJavaScript(const Napi::CallbackInfo&) { Close(); }

// -1 once closed.
Napi::Value KvpDevice::Fd(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), fd_.get()); }

void KvpDevice::Arm(const Napi::CallbackInfo& info) {
  if (!fd_.IsOpen()) return ThrowErrno(info.Env(), EBADF, "poll");
  thread_.Arm();
}

// poll(timeoutMs): the events at once or within the time, 0 for none.
Napi::Value KvpDevice::Poll(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), PollOnce(info[0].As<Napi::Number>()));
}

short KvpDevice::PollOnce(int timeout_ms) const {
  pollfd wait{fd_.get(), POLLIN, 0};
  while (poll(&wait, 1, timeout_ms) < 0) {
    if (errno != EINTR) return POLLERR;
  }
  return wait.revents;
}

// What poll(2) says within the time; nothing too if a signal came first, for JavaScript shall see to it.
short KvpDevice::PollBriefly(uint32_t wait_us) const {
  constexpr uint32_t kMicrosecondsPerSecond = 1000000;
  constexpr long kNanosecondsPerMicrosecond = 1000;
  const timespec wait{wait_us / kMicrosecondsPerSecond,
                      static_cast<long>(wait_us % kMicrosecondsPerSecond) * kNanosecondsPerMicrosecond};
  pollfd channel{fd_.get(), POLLIN, 0};
  if (ppoll(&channel, 1, &wait, nullptr) < 0) return errno == EINTR ? short{0} : POLLERR;
  return channel.revents;
}

// read(buffer, waitUs): bytes read, 0 if the other side is gone, undefined if no message came within the time. Both
// drivers ignore O_NONBLOCK, and FreeBSD's read cannot even be killed, so nothing is read that poll did not announce; a
// signal sends us back to poll.
Napi::Value KvpDevice::Read(const Napi::CallbackInfo& info) {
  const auto buffer = info[0].As<Napi::Buffer<char>>();
  const uint32_t wait_us = info[1].IsNumber() ? info[1].As<Napi::Number>() : uint32_t{0};
  if (!fd_.IsOpen()) return Fail(info, EBADF, "read");
  ssize_t count = 0;
  do {
    const short revents = PollBriefly(wait_us);
    if (revents == 0) return info.Env().Undefined();
    if ((revents & POLLIN) == 0) break;
    count = is_socket_ ? recv(fd_.get(), buffer.Data(), buffer.Length(), 0)
                       : pread(fd_.get(), buffer.Data(), buffer.Length(), 0);
  } while (count < 0 && errno == EINTR);
  return count < 0 ? Fail(info, errno, "read") : Napi::Number::New(info.Env(), static_cast<double>(count));
}

// write(buffer, unlessReadable): bytes written, undefined if nothing was because a message waits. FreeBSD's driver
// honours the file offset: hence pwrite at 0, which Linux's takes too.
Napi::Value KvpDevice::Write(const Napi::CallbackInfo& info) {
  const auto buffer = info[0].As<Napi::Buffer<char>>();
  if (info[1].ToBoolean() && (PollOnce(0) & POLLIN) != 0) return info.Env().Undefined();
  ssize_t count = 0;
  do {
    count = is_socket_ ? send(fd_.get(), buffer.Data(), buffer.Length(), MSG_NOSIGNAL | MSG_DONTWAIT)
                       : pwrite(fd_.get(), buffer.Data(), buffer.Length(), 0);
  } while (count < 0 && errno == EINTR);
  return count < 0 ? Fail(info, errno, "write") : Napi::Number::New(info.Env(), static_cast<double>(count));
}

}  // namespace hyperv_kvp

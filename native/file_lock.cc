#include "file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "errno_error.h"
#include "lock_calls.h"

namespace hyperv_kvp {

namespace {

struct flock WholeFile(short type) {
  struct flock lock = {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

int SetFcntl(int fd, short type) {
  struct flock lock = WholeFile(type);
  return fcntl(fd, kSetLock, &lock);
}

// Both calls do not wait, so they are not interrupted either.
bool IsHeldByAnother(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EACCES; }

}  // namespace

Napi::Value TryLock(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  const bool exclusive = info[1].As<Napi::String>().Utf8Value() == "exclusive";
  if (SetFlock(fd, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
    if (!IsHeldByAnother(errno)) ThrowErrno(info.Env(), errno, "flock");
    return Napi::Boolean::New(info.Env(), false);
  }
  if (SetFcntl(fd, exclusive ? F_WRLCK : F_RDLCK) != 0) {
    const int error = errno;
    SetFlock(fd, LOCK_UN);
    if (!IsHeldByAnother(error)) ThrowErrno(info.Env(), error, "fcntl");
    return Napi::Boolean::New(info.Env(), false);
  }
  return Napi::Boolean::New(info.Env(), true);
}

void Unlock(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  if (SetFcntl(fd, F_UNLCK) != 0) ThrowErrno(info.Env(), errno, "fcntl");
  if (SetFlock(fd, LOCK_UN) != 0 && !info.Env().IsExceptionPending()) ThrowErrno(info.Env(), errno, "flock");
}

Napi::Value LockHolder(const Napi::CallbackInfo& info) {
  struct flock lock = WholeFile(F_WRLCK);
  const bool known =
      fcntl(info[0].As<Napi::Number>(), kGetLock, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0;
  return known ? Napi::Number::New(info.Env(), lock.l_pid) : info.Env().Undefined();
}

}  // namespace hyperv_kvp

// A socket that a simulated driver listens at, as the character device that it stands for: so the daemon takes the path
// that it takes with the driver of a kernel. Each call on it can fail, or do half.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "control.h"
#include "next.h"

// As ../injection.mjs numbers them.
enum Call { kNone, kOpen, kPoll, kRead, kWrite };

// No error numbers, and no events.
enum { kHalf = 10000, kForgotten };

enum { kFreebsdMessageSize = 7430 };

static int device = -1;

// What the call shall do in place of what it does; 0 for nothing.
static int EffectOn(enum Call call) {
  for (Fault* fault = control->faults; fault != control->faults + kMostFaults; fault += 1) {
    if (fault->call != (int32_t)call) continue;
    if (__atomic_sub_fetch(&fault->passes, 1, __ATOMIC_SEQ_CST) >= 0) continue;
    if (__atomic_sub_fetch(&fault->times, 1, __ATOMIC_SEQ_CST) < 0) continue;
    __atomic_add_fetch(&fault->hits, 1, __ATOMIC_SEQ_CST);
    return fault->effect;
  }
  return 0;
}

static int IsDevice(const char* path) {
  const char* own = getenv("KVP_DEVICE");
  return own != NULL && path != NULL && strcmp(path, own) == 0;
}

static void MakeDevice(struct stat64* status) { status->st_mode = (status->st_mode & ~(mode_t)S_IFMT) | S_IFCHR; }

static int Connect(const char* path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr*)&address, sizeof address) != 0) {
    const int error = errno;
    close(fd);
    errno = error;
    return -1;
  }
  device = fd;
  return fd;
}

int stat64(const char* restrict path, struct stat64* restrict status) {
  const int result = NEXT(stat64)(path, status);
  if (result == 0 && IsDevice(path) && S_ISSOCK(status->st_mode)) MakeDevice(status);
  return result;
}

int fstat64(int fd, struct stat64* status) {
  const int result = NEXT(fstat64)(fd, status);
  if (result == 0 && fd == device) MakeDevice(status);
  return result;
}

int open64(const char* path, int flags, ...) {
  va_list words;
  va_start(words, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(words, mode_t) : 0;
  va_end(words);
  if (!IsDevice(path)) return NEXT(open64)(path, flags, mode);
  const int effect = EffectOn(kOpen);
  if (effect == 0) return Connect(path);
  errno = effect;
  return -1;
}

// Only when a message waits, and only where that decides whether it is read: in the main thread, since the other one's
// poll does no more than wake.
int ppoll(struct pollfd* waits, nfds_t count, const struct timespec* time, const sigset_t* mask) {
  const int result = NEXT(ppoll)(waits, count, time, mask);
  const int is_main = gettid() == getpid();
  if (!is_main || count == 0 || waits[0].fd != device || (waits[0].revents & POLLIN) == 0) return result;
  const int effect = EffectOn(kPoll);
  if (effect != 0) waits[0].revents = (short)effect;
  return result;
}

int close(int fd) {
  // The number may become another file's.
  if (fd == device) device = -1;
  return NEXT(close)(fd);
}

ssize_t pread64(int fd, void* buffer, size_t size, off64_t offset) {
  if (fd != device) return NEXT(pread64)(fd, buffer, size, offset);
  const int effect = EffectOn(kRead);
  if (effect == 0) return recv(fd, buffer, size, 0);
  if (effect == kHalf) return recv(fd, buffer, size / 2, 0);
  errno = effect;
  return -1;
}

ssize_t pwrite64(int fd, const void* buffer, size_t size, off64_t offset) {
  if (fd != device) return NEXT(pwrite64)(fd, buffer, size, offset);
  const int effect = EffectOn(kWrite);
  if (effect == 0) return send(fd, buffer, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  // The driver never sees it.
  if (effect == kHalf) return (ssize_t)(size / 2);
  // Linux's before 6.17 has taken a registration, and says nothing if its answer cannot be made.
  if (effect == kForgotten) return (ssize_t)size;
  // FreeBSD's fails once the host has the reply.
  if (size == kFreebsdMessageSize) send(fd, buffer, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  errno = effect;
  return -1;
}

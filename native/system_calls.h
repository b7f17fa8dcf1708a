#ifndef HYPERV_KVP_SYSTEM_CALLS_H_
#define HYPERV_KVP_SYSTEM_CALLS_H_

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>
#include <ctime>

namespace hyperv_kvp {

// What the device is asked with, each as POSIX has it. A build for tests links another table in place of the kernel's,
// and so puts a driver of its own behind the device: see test/unit/native/twin/.
struct SystemCalls {
  int (*stat)(const char* path, struct stat* status);
  int (*open)(const char* path, int flags);
  int (*fstat)(int fd, struct stat* status);
  // ppoll(2) without a signal mask; without a time-out it waits for ever.
  int (*poll)(pollfd* waits, nfds_t count, const timespec* timeout);
  ssize_t (*pread)(int fd, void* buffer, size_t size, off_t offset);
  ssize_t (*pwrite)(int fd, const void* buffer, size_t size, off_t offset);
  ssize_t (*recvmsg)(int fd, msghdr* message, int flags);
  ssize_t (*send)(int fd, const void* buffer, size_t size, int flags);
  int (*close)(int fd);
};

extern const SystemCalls system_calls;

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_SYSTEM_CALLS_H_

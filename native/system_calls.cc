#include "system_calls.h"

#include <fcntl.h>
#include <unistd.h>

namespace hyperv_kvp {

// The kernel's own.
constexpr SystemCalls system_calls = {
    [](const char* path, struct stat* status) { return ::stat(path, status); },
    [](const char* path, int flags) { return ::open(path, flags); },
    [](int fd, struct stat* status) { return ::fstat(fd, status); },
    [](pollfd* waits, nfds_t count, const timespec* timeout) { return ::ppoll(waits, count, timeout, nullptr); },
    ::pread,
    ::pwrite,
    ::recvmsg,
    ::send,
    ::close,
};

}  // namespace hyperv_kvp

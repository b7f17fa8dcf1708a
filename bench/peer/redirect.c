// Preloaded into the C daemon, which knows no other device: its open of the driver's device becomes a connection to the
// socket that HYPERV_KVP_BENCH_DEVICE names.
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

static int (*system_open)(const char*, int, ...);
static struct sockaddr_un device = {.sun_family = AF_UNIX};

__attribute__((constructor)) static void Prepare(void) {
  *(void**)&system_open = dlsym(RTLD_NEXT, "open");
  const char* path = getenv("HYPERV_KVP_BENCH_DEVICE");
  if (path != NULL) strncpy(device.sun_path, path, sizeof device.sun_path - 1);
  // The shells that the daemon starts need not pay for this library.
  unsetenv("LD_PRELOAD");
}

static int Connect(void) {
  const int connection = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  return connect(connection, (const struct sockaddr*)&device, sizeof device) == 0 ? connection : -1;
}

int open(const char* path, int flags, ...) {
  if (strcmp(path, "/dev/vmbus/hv_kvp") == 0) return Connect();
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return system_open(path, flags, mode);
}

#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static const int64_t kNanosecondsPerSecond = 1000000000;

// Longer than any daemon may take.
static const struct timeval kPatience = {.tv_sec = 120};

static const mode_t kLogMode = 0600;

int64_t Now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * kNanosecondsPerSecond + time.tv_nsec;
}

void Fail(const char* what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(EXIT_FAILURE);
}

int Listen(const char* path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    Fail(path);
  }
  strcpy(address.sun_path, path);
  unlink(path);
  const int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (listener < 0 || bind(listener, (const struct sockaddr*)&address, sizeof address) != 0 || listen(listener, 1) != 0)
    Fail(path);
  return listener;
}

static void Receive(int connection, struct hv_kvp_msg* message) {
  const ssize_t size = recv(connection, message, sizeof *message, 0);
  if (size == sizeof *message) return;
  if (size >= 0) errno = EPROTO;
  Fail("receive from the daemon");
}

static void Send(int connection, const struct hv_kvp_msg* message) {
  if (send(connection, message, sizeof *message, MSG_NOSIGNAL) != sizeof *message) Fail("send to the daemon");
}

int AcceptRegistration(int listener) {
  setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  const int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
  if (connection < 0) Fail("wait for a daemon");
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  struct hv_kvp_msg message;
  Receive(connection, &message);
  if (message.kvp_hdr.operation != KVP_OP_REGISTER1) {
    errno = EPROTO;
    Fail("register a daemon");
  }
  strcpy((char*)message.body.kvp_register.version, "3.1");
  Send(connection, &message);
  return connection;
}

int64_t Exchange(int connection, struct hv_kvp_msg* message) {
  const int64_t start = Now();
  Send(connection, message);
  Receive(connection, message);
  return Now() - start;
}

pid_t Launch(char** words, const char* log) {
  for (; *words != NULL && strchr(*words, '=') != NULL; words++) putenv(*words);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, kLogMode);
  pid_t pid;
  errno = posix_spawnp(&pid, *words, &actions, NULL, words, environ);
  if (errno != 0) Fail(*words);
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

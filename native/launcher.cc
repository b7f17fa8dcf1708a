// launcher service|command SCRIPT NAME WORD...: runs one of our programs by Node, under a name of its own. Node reads
// much from what it inherits, before any line of a program runs and with root's rights; here is what it gets. A service
// also parts with what is its starter's: terminal, descriptors, session keyring.

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "inheritance.h"

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables,readability-redundant-declaration): not FreeBSD's
extern char** environ;

// One thread is all that there is before Node.
// NOLINTBEGIN(concurrency-mt-unsafe)

namespace hyperv_kvp {
namespace {

// All that may stay in the environment; a name that ends with "_" stands for those that begin so. NODE_OPTIONS,
// OPENSSL_CONF and their like load code or open a debugger. LD_ is the system's own affair, for every program.
constexpr std::array kVariables = {
    "PATH",           "HOME",          "LANG",           "LC_",           "TZ",           "TERM",
    "COLORTERM",      "NO_COLOR",      "FORCE_COLOR",    "COLUMNS",       "LINES",        "LD_",
    "LISTEN_FDS",     "LISTEN_PID",    "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC",
    "JOURNAL_STREAM", "INVOCATION_ID",
};

bool IsKept(const char* assignment) {
  return std::any_of(kVariables.begin(), kVariables.end(), [assignment](const char* name) {
    const size_t size = std::strlen(name);
    return std::strncmp(assignment, name, size) == 0 && (name[size - 1] == '_' || assignment[size] == '=');
  });
}

void CleanEnvironment() {
  char** kept = environ;
  for (char** each = environ; *each != nullptr; ++each) {
    if (IsKept(*each)) *kept++ = *each;
  }
  *kept = nullptr;
  // What libuv hands to io_uring is done with the rights of the time when the process started, whatever user it becomes
  // (CVE-2024-22017).
  setenv("UV_USE_IO_URING", "0", 1);
}

// A terminal on 1 or 2 can be read, too, as it is handed down; opened by its name, it can only be written.
void OnlyWrite(int fd) {
  const char* name = isatty(fd) == 1 ? ttyname(fd) : nullptr;
  const int own = name == nullptr ? -1 : open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (own < 0) return;
  dup2(own, fd);
  close(own);
}

// What is typed is nobody's but the starter's. The keys that end a program still reach us, by its process group. Who
// leads a session of its own, as the first process of a container, would only hang itself up.
void LeaveTerminal() {
  const int terminal = getsid(0) == getpid() ? -1 : open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal >= 0) {
    ioctl(terminal, TIOCNOTTY);
    close(terminal);
  }
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing > STDIN_FILENO) {
    dup2(nothing, STDIN_FILENO);
    close(nothing);
  }
  OnlyWrite(STDOUT_FILENO);
  OnlyWrite(STDERR_FILENO);
}

// 0 if the text is no number. What is compiled with strtol(3) of glibc 2.38 or later does not run with earlier ones.
long NumberOf(const char* text) {
  long number = 0;
  std::from_chars(text, text + std::strlen(text), number);
  return number;
}

// The first descriptor that is nobody's gift: those of a socket unit, sd_listen_fds(3), come before it.
int FirstForeignDescriptor() {
  const char* pid = std::getenv("LISTEN_PID");
  const char* count = std::getenv("LISTEN_FDS");
  const int first = STDERR_FILENO + 1;
  if (pid == nullptr || count == nullptr || NumberOf(pid) != getpid()) return first;
  return first + static_cast<int>(std::clamp<long>(NumberOf(count), 0, INT_MAX - first));
}

// Standard descriptors that are closed would become whatever is opened next; Node's own would take all that is written.
// What stands for them fails like them: it is only written where one would read, and the other way round.
void FillStandardDescriptors() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) < 0) open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// Node's own words.
constexpr std::array kOptions = {
    // SIGUSR1 opens its debugger to every local user, unless that is to listen at an address that no machine can have.
    "--inspect-port=0.0.0.1:1024",
    "--openssl-config=/dev/null",
    // Some 8 s after its first collection V8 tidies up, for which it wakes several threads; a Node without a snapshot
    // of its start, as Debian 13's, collects before any line of a program could tell it not to. Every Node from 12 on
    // knows this word, so that one that is too old still says so in ours.
    "--no-memory-reducer",
};

// Runs a script under a name with words, which end with a null. Ends only if it fails, and has said why.
int Run(std::string script, char* name, char** words) {
  std::vector<std::string> options(kOptions.begin(), kOptions.end());
  std::vector<char*> all = {name};
  for (std::string& option : options) all.push_back(option.data());
  all.push_back(script.data());
  while (*words != nullptr) all.push_back(*words++);
  all.push_back(nullptr);
  // The Node that the package brings along, or has chosen, is in PACKAGE/bin; the script is in PACKAGE/dist/bin. Else
  // the one that is found as every program is.
  std::string own = script;
  for (int folders = 0; folders < 3; ++folders) own.erase(std::min(own.rfind('/'), own.size()));
  own += "/bin/node";
  execv(own.c_str(), all.data());
  if (errno == ENOENT) execvp("node", all.data());
  static_cast<void>(std::fprintf(stderr, "%s: cannot run Node: %s\n", name, std::strerror(errno)));
  return EXIT_FAILURE;
}

}  // namespace
}  // namespace hyperv_kvp

int main(int argc, char** argv) {
  using namespace hyperv_kvp;
  if (argc < 4) return EXIT_FAILURE;
  FillStandardDescriptors();
  CleanEnvironment();
  if (std::strcmp(argv[1], "service") == 0) {
    LeaveTerminal();
    LeaveSessionKeyring();
    CloseFrom(FirstForeignDescriptor());
  }
  return Run(argv[2], argv[3], argv + 4);
}
// NOLINTEND(concurrency-mt-unsafe)

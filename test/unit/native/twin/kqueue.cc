// kqueue(2) by inotify(7), which follows the file that is open at a descriptor.
#include <sys/event.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <map>
#include <string>

namespace {

constexpr uint32_t kChanges = IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;

// What each queue follows. Never destroyed: queues are still closed while the process ends.
std::map<int, int>& Watches() {
  static auto& watches = *new std::map<int, int>;
  return watches;
}

}  // namespace

int kqueue() { return inotify_init1(IN_NONBLOCK); }

int kevent(int queue, const struct kevent* changes, int change_count, struct kevent* events, int event_count,
           const timespec*) {
  if (change_count > 0) {
    const std::string open_file = "/proc/self/fd/" + std::to_string(changes->ident);
    const int watch = inotify_add_watch(queue, open_file.c_str(), kChanges);
    if (watch < 0) return -1;
    // Whoever follows another file has closed the descriptor of the one before.
    const auto [entry, is_first] = Watches().try_emplace(queue, watch);
    if (!is_first && entry->second != watch) inotify_rm_watch(queue, entry->second);
    entry->second = watch;
  }
  if (event_count == 0) return 0;
  inotify_event report = {};
  do {
    if (read(queue, &report, sizeof report) <= 0) return 0;
  } while ((report.mask & IN_IGNORED) != 0);
  *events = {0, report.mask == IN_MODIFY ? NOTE_WRITE : NOTE_ATTRIB};
  return 1;
}

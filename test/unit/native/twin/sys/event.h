#ifndef HYPERV_KVP_TWIN_SYS_EVENT_H_
#define HYPERV_KVP_TWIN_SYS_EVENT_H_

#include <cstdint>
#include <ctime>

// As much of kqueue(2) as our watch of a file asks for: one vnode, reports that are taken and never waited for.

constexpr int EVFILT_VNODE = -4;
constexpr unsigned EV_ADD = 0x1;
constexpr unsigned EV_CLEAR = 0x20;
constexpr unsigned NOTE_DELETE = 0x1;
constexpr unsigned NOTE_WRITE = 0x2;
constexpr unsigned NOTE_EXTEND = 0x4;
constexpr unsigned NOTE_ATTRIB = 0x8;
constexpr unsigned NOTE_LINK = 0x10;
constexpr unsigned NOTE_RENAME = 0x20;

struct kevent {
  uintptr_t ident;
  unsigned fflags;
};

inline void EV_SET(struct kevent* event, uintptr_t ident, int, unsigned, unsigned fflags, int, const void*) {
  *event = {ident, fflags};
}

int kqueue();
// The struct has the function's name there, too.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
int kevent(int queue, const struct kevent* changes, int change_count, struct kevent* events, int event_count,
           const timespec* timeout);
#pragma GCC diagnostic pop

#endif  // HYPERV_KVP_TWIN_SYS_EVENT_H_

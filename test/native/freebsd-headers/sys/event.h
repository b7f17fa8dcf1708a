// kqueue(2)
#pragma once

#include <stdint.h>
#include <time.h>

struct kevent {
  uintptr_t ident;
  short filter;
  unsigned short flags;
  unsigned int fflags;
  int64_t data;
  void* udata;
  uint64_t ext[4];
};

#define EVFILT_VNODE (-4)
#define EV_ADD 0x0001
#define EV_CLEAR 0x0020
#define NOTE_DELETE 0x0001
#define NOTE_WRITE 0x0002
#define NOTE_EXTEND 0x0004
#define NOTE_ATTRIB 0x0008
#define NOTE_LINK 0x0010
#define NOTE_RENAME 0x0020

#define EV_SET(event, an_ident, a_filter, some_flags, some_fflags, some_data, some_udata) \
  do {                                                                                    \
    struct kevent* event_to_set = (event);                                                \
    event_to_set->ident = (an_ident);                                                     \
    event_to_set->filter = (a_filter);                                                    \
    event_to_set->flags = (some_flags);                                                   \
    event_to_set->fflags = (some_fflags);                                                 \
    event_to_set->data = (some_data);                                                     \
    event_to_set->udata = (some_udata);                                                   \
  } while (0)

extern "C" {
int kqueue(void);
int kevent(int queue, const struct kevent* changes, int change_count, struct kevent* events, int event_count,
           const struct timespec* timeout);
}

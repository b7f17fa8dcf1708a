// poll(2): its count is narrower than Linux's.
#pragma once

typedef unsigned int nfds_t;

struct pollfd {
  int fd;
  short events;
  short revents;
};

#define POLLIN 0x0001
#define POLLOUT 0x0004
#define POLLERR 0x0008
#define POLLHUP 0x0010

extern "C" int poll(struct pollfd* waits, nfds_t count, int timeout);

// Its mask is never given here.
struct timespec;
extern "C" int ppoll(struct pollfd* waits, nfds_t count, const struct timespec* timeout, const void* mask);

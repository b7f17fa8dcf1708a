// A clock that jumps, or goes faster; and timers that keep to it.
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/time.h>
#include <time.h>

#include "control.h"
#include "next.h"

static const int64_t kNsPerSecond = 1000000000;
static const int64_t kNsPerMicrosecond = 1000;

enum { kClocks = 2 };

static int64_t InNs(struct timespec time) { return (int64_t)time.tv_sec * kNsPerSecond + time.tv_nsec; }

// Each clock goes on faster from what it told when it was first asked.
static int64_t Told(clockid_t clock, int64_t now) {
  static int64_t first[kClocks];
  const int is_steady = clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE;
  int64_t unset = 0;
  __atomic_compare_exchange_n(&first[is_steady], &unset, now, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  const int64_t since = now - first[is_steady];
  const int64_t ahead = is_steady ? control->steady_clock_ahead_ns : control->wall_clock_ahead_ns;
  return first[is_steady] + since * control->clock_rate + ahead;
}

int clock_gettime(clockid_t clock, struct timespec* time) {
  const int result = NEXT(clock_gettime)(clock, time);
  // The others measure the time that a process has worked.
  const int is_time = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC ||
                      clock == CLOCK_MONOTONIC_COARSE;
  if (result != 0 || !is_time) return result;
  const int64_t told = Told(clock, InNs(*time));
  time->tv_sec = told / kNsPerSecond;
  time->tv_nsec = told % kNsPerSecond;
  return 0;
}

int gettimeofday(struct timeval* restrict time, void* restrict zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / kNsPerMicrosecond;
  return 0;
}

static int Faster(int timeout_ms) {
  return timeout_ms <= 0 ? timeout_ms : (int)((timeout_ms + control->clock_rate - 1) / control->clock_rate);
}

int epoll_pwait(int fd, struct epoll_event* events, int most, int timeout_ms, const sigset_t* mask) {
  return NEXT(epoll_pwait)(fd, events, most, Faster(timeout_ms), mask);
}

int epoll_wait(int fd, struct epoll_event* events, int most, int timeout_ms) {
  return NEXT(epoll_wait)(fd, events, most, Faster(timeout_ms));
}

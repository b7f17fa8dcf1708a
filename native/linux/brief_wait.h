#ifndef HYPERV_KVP_BRIEF_WAIT_H_
#define HYPERV_KVP_BRIEF_WAIT_H_

#include <poll.h>
#include <sys/timerfd.h>

#include <array>
#include <cstdint>
#include <ctime>

#include "system_calls.h"
#include "unique_fd.h"

namespace hyperv_kvp {

// Waits for one message after the other, each for a moment. The time-out of poll(2) would be set, and given up when the
// message comes, for each of them, which in a virtual machine takes as long as all the rest of a request: here one
// timer is for all the messages that come while it runs.
class BriefWait {
 public:
  // poll(2)'s result for the descriptor: what is there within half of the time at least, and all of it at most.
  int Poll(pollfd* channel, uint32_t wait_us) {
    const int64_t wait = int64_t{wait_us} * kNanosecondsPerMicrosecond;
    if (wait > 0 && !timer_.IsOpen()) timer_ = UniqueFd(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    const timespec time_out = TimeOf(wait);
    if (wait == 0 || !timer_.IsOpen()) return system_calls.poll(channel, 1, &time_out);
    const int64_t now = Now();
    if (ends_at_ - now < wait / 2) {
      const itimerspec from_now{{}, time_out};
      timerfd_settime(timer_.get(), 0, &from_now, nullptr);
      ends_at_ = now + wait;
    }
    std::array<pollfd, 2> both = {*channel, pollfd{timer_.get(), POLLIN, 0}};
    const int result = system_calls.poll(both.data(), both.size(), nullptr);
    *channel = both.front();
    return result > 0 && channel->revents == 0 ? 0 : result;
  }

 private:
  static constexpr int64_t kNanosecondsPerSecond = 1000000000;
  static constexpr int64_t kNanosecondsPerMicrosecond = 1000;

  static timespec TimeOf(int64_t nanoseconds) {
    return {static_cast<time_t>(nanoseconds / kNanosecondsPerSecond),
            static_cast<long>(nanoseconds % kNanosecondsPerSecond)};
  }

  static int64_t Now() {
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t{now.tv_sec} * kNanosecondsPerSecond + now.tv_nsec;
  }

  UniqueFd timer_;
  int64_t ends_at_ = 0;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_BRIEF_WAIT_H_

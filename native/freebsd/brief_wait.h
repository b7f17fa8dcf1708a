#ifndef HYPERV_KVP_BRIEF_WAIT_H_
#define HYPERV_KVP_BRIEF_WAIT_H_

#include <poll.h>

#include <cstdint>
#include <ctime>

#include "system_calls.h"

namespace hyperv_kvp {

// Waits for one message after the other, each for a moment.
class BriefWait {
 public:
  // poll(2)'s result for the descriptor, at once or within the time.
  int Poll(pollfd* channel, uint32_t wait_us) {
    constexpr uint32_t kMicrosecondsPerSecond = 1000000;
    constexpr long kNanosecondsPerMicrosecond = 1000;
    const timespec wait{wait_us / kMicrosecondsPerSecond,
                        static_cast<long>(wait_us % kMicrosecondsPerSecond) * kNanosecondsPerMicrosecond};
    return system_calls.poll(channel, 1, &wait);
  }
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_BRIEF_WAIT_H_

#ifndef HYPERV_KVP_MESSAGE_CHANNEL_H_
#define HYPERV_KVP_MESSAGE_CHANNEL_H_

#include <poll.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "brief_wait.h"
#include "unique_fd.h"

namespace hyperv_kvp {

// A descriptor that moves one message a call: the driver's character device, or a SOCK_SEQPACKET socket of a simulated
// one. What fails leaves its errno.
class MessageChannel {
 public:
  MessageChannel() = default;
  explicit MessageChannel(UniqueFd fd);

  // Not open if there is no channel at `path`.
  static MessageChannel Open(const std::string& path);

  int fd() const { return fd_.get(); }
  bool IsOpen() const { return fd_.IsOpen(); }
  void Close() {
    fd_.Reset();
    brief_wait_ = BriefWait();
  }

  // The descriptor, whose owner the caller is then.
  UniqueFd Release() { return std::move(fd_); }

  // poll(2)'s events at once or within the time, 0 for none.
  short Poll(int timeout_ms) const;

  // Whether a message waits.
  bool IsReadable() const { return (Poll(0) & POLLIN) != 0; }

  // Bytes read, 0 if the other side is gone, -1 for a failure: EAGAIN if no message came within the time.
  ssize_t Read(void* buffer, size_t size, uint32_t wait_us) const;

  // Bytes written, or -1.
  ssize_t Write(const void* buffer, size_t size) const;

 private:
  short PollBriefly(uint32_t wait_us) const;

  UniqueFd fd_;
  // What it keeps for the next wait changes nothing that a caller sees.
  mutable BriefWait brief_wait_;
  bool is_socket_ = false;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_MESSAGE_CHANNEL_H_

#ifndef HYPERV_KVP_TWIN_DEVICE_H_
#define HYPERV_KVP_TWIN_DEVICE_H_

#include <sys/types.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include "unique_fd.h"

namespace hyperv_kvp {

constexpr size_t kFreebsdMessageSize = 7430;

// FreeBSD's /dev/hv_kvp_dev as a process finds it, with everything that is strange about it. Whatever lies behind the
// device, the rest of the driver and the host, is at the other end of a SOCK_SEQPACKET socket: a request is a message
// that waits there, and stays there until its reply is written, so that POLLIN stays up as it does in the kernel.
class Device {
 public:
  explicit Device(std::string path) : path_(std::move(path)) {}
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // As open(2), but that a second open leaves a negative errno.
  int Open();
  void Close();
  bool Has(int fd) const { return fd >= 0 && fd == socket_.get(); }

  // poll(2) has told, now or before, that there is a request: the driver goes on to convert it, and then to sleep.
  void Announce();

  // How long the driver sleeps on, because it missed the last reply: until then it takes no request.
  std::chrono::nanoseconds SleepsOn() const;

  // As pread(2) and pwrite(2). A read without a request sleeps until there is one, whatever signals come.
  ssize_t Read(void* buffer, size_t size, off_t offset);
  ssize_t Write(const void* buffer, size_t size);

  // As read(2) and write(2), with the offset of the open file, which both move.
  ssize_t ReadOn(void* buffer, size_t size);
  ssize_t WriteOn(const void* buffer, size_t size);

 private:
  // One byte more than a message: the driver's read gives away what lies behind it.
  using Message = std::array<char, kFreebsdMessageSize + 1>;

  using Clock = std::chrono::steady_clock;

  void TakeArrival();
  bool IsConverted() const;
  bool TakeRegistration();
  void TakeReply();
  void Send();

  std::string path_;
  UniqueFd socket_;
  UniqueFd lock_;  // Of the machine, for whose other processes the device is busy too.
  off_t offset_ = 0;
  bool registered_ = false;
  bool owes_reply_ = false;
  Clock::time_point announced_at_{};
  Clock::time_point sleeps_until_{};
  // These outlive a close.
  bool host_has_spoken_ = false;
  int semaphore_ = 0;
  Message message_{};
  Message former_{};  // What a message still has of the one before it while it is converted.
};

// The devices that this process has opened, by their paths or descriptors.
Device& DeviceAt(const std::string& path);
Device* DeviceOf(int fd);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_TWIN_DEVICE_H_

#ifndef HYPERV_KVP_UNIQUE_FD_H_
#define HYPERV_KVP_UNIQUE_FD_H_

#include <utility>

#include "system_calls.h"

namespace hyperv_kvp {

// The one owner of a descriptor.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.Release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    Reset(other.Release());
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { Reset(); }

  int get() const { return fd_; }
  bool IsOpen() const { return fd_ >= 0; }
  int Release() { return std::exchange(fd_, kNone); }

  void Reset(int fd = kNone) {
    const int old = std::exchange(fd_, fd);
    if (old >= 0) system_calls.close(old);
  }

 private:
  static constexpr int kNone = -1;
  int fd_ = kNone;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_UNIQUE_FD_H_

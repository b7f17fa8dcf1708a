#include "device.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>

#include "packet_socket.h"

namespace hyperv_kvp {

namespace {

constexpr char kRegister = 4;
// The last operation that the driver can convert.
constexpr char kSetIpInfo = 5;
// After POLLIN is set. Longer than the kernel takes, shorter than our pause before a read.
constexpr std::chrono::microseconds kConversion{400};
constexpr std::chrono::microseconds kFallsAsleep{600};
constexpr std::chrono::seconds kSleep{5};
constexpr char kKernelGarbage = '\xa5';
constexpr int kLongestSleepMs = 5000;
constexpr mode_t kLockMode = 0600;

// The kernel's sleep has no limit and outlasts SIGKILL; a test must end some time.
[[noreturn]] void SleepForEver() {
  std::fputs("a read without a request sleeps where not even SIGKILL reaches it\n", stderr);
  std::abort();
}

// No signal ends this sleep.
void SleepUntilReadable(int fd) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pollfd wait{fd, POLLIN, 0};
  if (poll(&wait, 1, kLongestSleepMs) == 0) SleepForEver();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

// Never destroyed: descriptors are still closed while the process ends.
std::map<std::string, Device>& Devices() {
  static auto& devices = *new std::map<std::string, Device>;
  return devices;
}

}  // namespace

int Device::Open() {
  UniqueFd lock(open((path_ + ".open").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, kLockMode));
  if (lock.IsOpen() && flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    errno = -EBUSY;
    return -1;
  }
  UniqueFd socket = ConnectPacketSocket(path_);
  if (!socket.IsOpen()) return -1;
  lock_ = std::move(lock);
  socket_ = std::move(socket);
  offset_ = 0;
  owes_reply_ = false;
  announced_at_ = {};
  return socket_.get();
}

void Device::Close() {
  TakeArrival();
  registered_ = false;
  const int fd = socket_.Release();
  close(fd);
  lock_.Reset();
}

void Device::Announce() {
  TakeArrival();
  if (owes_reply_ && announced_at_ == Clock::time_point{}) announced_at_ = Clock::now();
}

std::chrono::nanoseconds Device::SleepsOn() const {
  return std::max(std::chrono::nanoseconds{0}, std::chrono::nanoseconds{sleeps_until_ - Clock::now()});
}

ssize_t Device::Read(void* buffer, size_t size, off_t offset) {
  if (!registered_) {
    errno = EPERM;
    return -1;
  }
  for (TakeArrival(); semaphore_ == 0; TakeArrival()) {
    // What lies in the socket has been read; nothing else comes before it is answered.
    if (owes_reply_) SleepForEver();
    SleepUntilReadable(socket_.get());
  }
  semaphore_ -= 1;
  // The post of the request that is being converted is yet to come: only one that was left over lets the reader
  // through.
  const bool is_torn = semaphore_ > 0 && !IsConverted();
  if (!is_torn) std::this_thread::sleep_until(announced_at_ + kConversion);
  const size_t start = std::min(static_cast<size_t>(offset), message_.size());
  const size_t amount = std::min(size, message_.size() - start);
  std::copy_n(message_.begin() + start, amount, static_cast<char*>(buffer));
  const size_t whole = message_.size() / 2 - std::min(start, message_.size() / 2);
  if (is_torn && amount > whole) {
    std::copy_n(former_.begin() + start + whole, amount - whole, static_cast<char*>(buffer) + whole);
  }
  return static_cast<ssize_t>(amount);
}

ssize_t Device::Write(const void* buffer, size_t size) {
  TakeArrival();
  const size_t amount = std::min(size, kFreebsdMessageSize);
  const bool is_converted = !owes_reply_ || message_.front() <= kSetIpInfo;
  message_.fill(kKernelGarbage);
  std::copy_n(static_cast<const char*>(buffer), amount, message_.begin());
  if (registered_) {
    TakeReply();
  } else if (!TakeRegistration()) {
    errno = EINVAL;
    return -1;
  }
  // The host has the reply all the same.
  if (!is_converted) errno = EINVAL;
  return is_converted ? static_cast<ssize_t>(amount) : -1;
}

ssize_t Device::ReadOn(void* buffer, size_t size) {
  const ssize_t count = Read(buffer, size, offset_);
  offset_ += std::max<ssize_t>(count, 0);
  return count;
}

ssize_t Device::WriteOn(const void* buffer, size_t size) {
  const ssize_t count = Write(buffer, size);
  if (count >= 0) offset_ = count;
  return count;
}

// The message that lies in the socket is the request that the driver has in hand.
void Device::TakeArrival() {
  if (!registered_ || owes_reply_ || SleepsOn().count() > 0) return;
  Message arrived{};
  if (recv(socket_.get(), arrived.data(), kFreebsdMessageSize, MSG_PEEK | MSG_DONTWAIT) <= 0) return;
  former_ = message_;
  message_ = arrived;
  owes_reply_ = true;
  host_has_spoken_ = true;
  semaphore_ += 1;
}

bool Device::IsConverted() const { return Clock::now() >= announced_at_ + kConversion; }

bool Device::TakeRegistration() {
  if (message_.front() != kRegister) return false;
  registered_ = true;
  Send();
  return true;
}

void Device::TakeReply() {
  if (!owes_reply_) {
    if (host_has_spoken_) return;
    std::fputs("kernel panic: a reply that is not owed, before the host has said anything\n", stderr);
    std::abort();
  }
  owes_reply_ = false;
  if (Clock::now() < announced_at_ + kFallsAsleep) sleeps_until_ = Clock::now() + kSleep;
  announced_at_ = {};
  Message request;
  recv(socket_.get(), request.data(), request.size(), MSG_DONTWAIT);
  Send();
}

void Device::Send() { send(socket_.get(), message_.data(), kFreebsdMessageSize, MSG_NOSIGNAL | MSG_DONTWAIT); }

Device& DeviceAt(const std::string& path) { return Devices().try_emplace(path, path).first->second; }

Device* DeviceOf(int fd) {
  const auto found =
      std::find_if(Devices().begin(), Devices().end(), [fd](const auto& entry) { return entry.second.Has(fd); });
  return found == Devices().end() ? nullptr : &found->second;
}

}  // namespace hyperv_kvp

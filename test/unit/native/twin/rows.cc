// What is strange about FreeBSD's device, one row each: rows --list prints their names, rows NAME tries one. Each shows
// the naive way to fail, and ours to work.
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>

#include "device.h"
#include "far_end.h"
#include "message_channel.h"

namespace hyperv_kvp {

namespace {

constexpr char kGet = 0;
constexpr char kRegister = 4;
constexpr char kRegisterLinux = 100;
constexpr char kUnknown = 9;
constexpr int kAtOnceMs = 100;
constexpr int kManyTries = 100;
constexpr size_t kLargeBuffer = 8192;

bool g_failed = false;

#define EXPECT(condition)                                                     \
  do {                                                                        \
    if (!(condition)) {                                                       \
      std::cerr << __FILE__ << ":" << __LINE__ << ": " << #condition << "\n"; \
      g_failed = true;                                                        \
    }                                                                         \
  } while (false)

struct Received {
  ssize_t count;
  int error;
  std::string text;
};

// By our own code.
Received ReadFrom(const MessageChannel& channel) {
  std::string buffer(kFreebsdMessageSize, '\0');
  errno = 0;
  const ssize_t count = channel.Read(buffer.data(), buffer.size(), 0);
  return {count, errno, count < 0 ? "" : buffer.substr(0, static_cast<size_t>(count))};
}

ssize_t WriteTo(const MessageChannel& channel, const std::string& message) {
  return channel.Write(message.data(), message.size());
}

// By read(2) and write(2), as the stock daemon does, or whoever has not read the driver.
Received NaiveRead(Device& device, size_t size = kFreebsdMessageSize) {
  std::string buffer(size, '\0');
  errno = 0;
  const ssize_t count = device.ReadOn(buffer.data(), size);
  return {count, errno, count < 0 ? "" : buffer.substr(0, static_cast<size_t>(count))};
}

ssize_t NaiveWrite(Device& device, const std::string& message) {
  return device.WriteOn(message.data(), message.size());
}

struct Registered {
  explicit Registered(FarEnd& far_end) : channel(MessageChannel::Open(far_end.path())) {
    WriteTo(channel, MessageOf(kRegister, '\0'));
    far_end.AcceptRegistration();
  }
  MessageChannel channel;
};

void RegistrationHasNoAnswer() {
  FarEnd far_end;
  const MessageChannel channel = MessageChannel::Open(far_end.path());
  EXPECT(channel.Poll(0) == 0);
  EXPECT(WriteTo(channel, MessageOf(kRegister, '\0')) == kFreebsdMessageSize);
  EXPECT(far_end.AcceptRegistration() == MessageOf(kRegister, '\0'));
  EXPECT(channel.Poll(0) == 0);
  EXPECT(ReadFrom(channel).error == EAGAIN);
}

void RegistrationOfLinuxIsRefused() {
  FarEnd far_end;
  const MessageChannel channel = MessageChannel::Open(far_end.path());
  errno = 0;
  EXPECT(WriteTo(channel, MessageOf(kRegisterLinux, '\0')) == -1);
  EXPECT(errno == EINVAL);
  EXPECT(WriteTo(channel, MessageOf(kRegister, '\0')) == kFreebsdMessageSize);
}

void ReadBeforeRegistrationIsRefused() {
  FarEnd far_end;
  const MessageChannel channel = MessageChannel::Open(far_end.path());
  EXPECT(NaiveRead(DeviceAt(far_end.path())).error == EPERM);
  EXPECT(ReadFrom(channel).error == EAGAIN);
}

void OffsetIsHonoured() {
  FarEnd far_end;
  const MessageChannel naive = MessageChannel::Open(far_end.path());
  Device& device = DeviceAt(far_end.path());
  NaiveWrite(device, MessageOf(kRegister, '\0'));
  far_end.AcceptRegistration();
  far_end.Send(MessageOf(kGet, 'a'));
  EXPECT(NaiveRead(device).count == 1);
  DeviceAt(far_end.path()).Write(MessageOf(kGet, 'r').data(), kFreebsdMessageSize);
  far_end.Send(MessageOf(kGet, 'b'));
  EXPECT(NaiveRead(device).count == 0);

  FarEnd other;
  const Registered ours(other);
  for (const char letter : {'c', 'd'}) {
    other.Send(MessageOf(kGet, letter));
    EXPECT(ReadFrom(ours.channel).text == MessageOf(kGet, letter));
    EXPECT(WriteTo(ours.channel, MessageOf(kGet, 'r')) == kFreebsdMessageSize);
    EXPECT(other.Receive() == MessageOf(kGet, 'r'));
  }
}

void LargerBufferGetsOneByteMore() {
  FarEnd far_end;
  const Registered ours(far_end);
  far_end.Send(MessageOf(kGet, 'a'));
  EXPECT(NaiveRead(DeviceAt(far_end.path()), kLargeBuffer).count == kFreebsdMessageSize + 1);
  WriteTo(ours.channel, MessageOf(kGet, 'r'));
  far_end.Send(MessageOf(kGet, 'b'));
  EXPECT(ReadFrom(ours.channel).count == kFreebsdMessageSize);
}

// The signal that ends it; 0 if it ended by itself.
template <typename Action>
int SignalThatEnds(Action action) {
  const pid_t child = fork();
  if (child == 0) {
    action();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

void PollinStaysUntilTheReply() {
  FarEnd far_end;
  const Registered ours(far_end);
  far_end.Send(MessageOf(kGet, 'a'));
  EXPECT(ours.channel.Poll(0) == POLLIN);
  EXPECT(ReadFrom(ours.channel).count == kFreebsdMessageSize);
  EXPECT(ours.channel.Poll(0) == POLLIN);
  EXPECT(SignalThatEnds([&far_end] { NaiveRead(DeviceAt(far_end.path())); }) == SIGABRT);
  WriteTo(ours.channel, MessageOf(kGet, 'r'));
  EXPECT(ours.channel.Poll(0) == 0);
}

void SecondOpenIsNegative() {
  FarEnd far_end;
  MessageChannel first = MessageChannel::Open(far_end.path());
  errno = 0;
  EXPECT(DeviceAt(far_end.path()).Open() == -1);
  EXPECT(errno == -EBUSY);
  errno = 0;
  EXPECT(!MessageChannel::Open(far_end.path()).IsOpen());
  EXPECT(errno == EBUSY);
  first.Close();
  EXPECT(MessageChannel::Open(far_end.path()).IsOpen());
}

void UnowedWritePanics() {
  FarEnd far_end;
  EXPECT(SignalThatEnds([&far_end] {
           const Registered naive(far_end);
           WriteTo(naive.channel, MessageOf(kRegister, '\0'));
         }) == SIGABRT);
  const Registered ours(far_end);
  far_end.Send(MessageOf(kGet, 'a'));
  ReadFrom(ours.channel);
  WriteTo(ours.channel, MessageOf(kGet, 'r'));
  EXPECT(far_end.Receive() == MessageOf(kGet, 'r'));
}

void ShortWriteIsFilledUp() {
  FarEnd far_end;
  const Registered ours(far_end);
  far_end.Send(MessageOf(kGet, 'a'));
  ReadFrom(ours.channel);
  EXPECT(WriteTo(ours.channel, "short") == 5);
  const std::string garbled = far_end.Receive();
  EXPECT(garbled.size() == kFreebsdMessageSize);
  EXPECT(garbled.back() != '\0' && garbled.back() != 'a');
  far_end.Send(MessageOf(kGet, 'b'));
  ReadFrom(ours.channel);
  EXPECT(WriteTo(ours.channel, MessageOf(kGet, 'r')) == kFreebsdMessageSize);
  EXPECT(far_end.Receive() == MessageOf(kGet, 'r'));
}

void SemaphoreIsStaleAfterReopen() {
  FarEnd far_end;
  Registered dying(far_end);
  far_end.Send(MessageOf(kGet, 'a'));
  dying.channel.Close();
  const Registered ours(far_end);
  EXPECT(ours.channel.Poll(0) == 0);
  EXPECT(ReadFrom(ours.channel).error == EAGAIN);
  // It would have slept, were it not for the request that nobody read; and what it reads is our own registration.
  EXPECT(DeviceAt(far_end.path()).Read(std::string(1, '\0').data(), 1, 0) == 1);
  far_end.Send(MessageOf(kGet, 'b'));
  EXPECT(ReadFrom(ours.channel).text == MessageOf(kGet, 'b'));
}

// What the stock daemon does: it reads as soon as poll tells of a request.
Received ReadAtOnce(const MessageChannel& channel, Device& device) {
  EXPECT(channel.Poll(0) == POLLIN);
  std::string buffer(kFreebsdMessageSize, '\0');
  const ssize_t count = device.Read(buffer.data(), buffer.size(), 0);
  return {count, errno, buffer};
}

void EarlyReadIsTorn() {
  FarEnd far_end;
  Registered dying(far_end);
  far_end.Send(MessageOf(kGet, 'x'));
  dying.channel.Close();
  const Registered ours(far_end);
  Device& device = DeviceAt(far_end.path());
  bool is_torn = false;
  // A thread that is held up for long enough reads it whole.
  for (int tries = 0; tries < kManyTries && !is_torn; tries += 1) {
    far_end.Send(MessageOf(kGet, 'a'));
    is_torn = ReadAtOnce(ours.channel, device).text != MessageOf(kGet, 'a');
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    WriteTo(ours.channel, MessageOf(kGet, 'r'));
    EXPECT(far_end.Receive() == MessageOf(kGet, 'r'));
  }
  EXPECT(is_torn);
  far_end.Send(MessageOf(kGet, 'b'));
  EXPECT(ReadFrom(ours.channel).text == MessageOf(kGet, 'b'));
}

void EarlyReplyIsMissed() {
  FarEnd far_end;
  const Registered ours(far_end);
  Device& device = DeviceAt(far_end.path());
  for (int tries = 0; tries < kManyTries && device.SleepsOn().count() == 0; tries += 1) {
    far_end.Send(MessageOf(kGet, 'a'));
    ReadAtOnce(ours.channel, device);
    WriteTo(ours.channel, MessageOf(kGet, 'r'));
    EXPECT(far_end.Receive() == MessageOf(kGet, 'r'));
  }
  far_end.Send(MessageOf(kGet, 'b'));
  EXPECT(ours.channel.Poll(kAtOnceMs) == 0);

  FarEnd other;
  const Registered awaited(other);
  for (const char letter : {'c', 'd'}) {
    other.Send(MessageOf(kGet, letter));
    EXPECT(awaited.channel.Poll(kAtOnceMs) == POLLIN);
    EXPECT(ReadFrom(awaited.channel).text == MessageOf(kGet, letter));
    WriteTo(awaited.channel, MessageOf(kGet, 'r'));
  }
}

void FailedWriteIsDelivered() {
  FarEnd far_end;
  const Registered ours(far_end);
  far_end.Send(MessageOf(kUnknown, 'a'));
  ReadFrom(ours.channel);
  EXPECT(WriteTo(ours.channel, MessageOf(kGet, 'r')) == -1);
  EXPECT(errno == EINVAL);
  EXPECT(far_end.Receive() == MessageOf(kGet, 'r'));
  far_end.Send(MessageOf(kGet, 'b'));
  EXPECT(ReadFrom(ours.channel).text == MessageOf(kGet, 'b'));
}

bool Sleeps(pid_t thread) {
  std::ifstream stat("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string number, name, state;
  stat >> number >> name >> state;
  return state == "S";
}

void ReadOutlastsSignals() {
  struct sigaction interrupt = {};
  interrupt.sa_handler = [](int) {};
  sigaction(SIGUSR1, &interrupt, nullptr);
  FarEnd far_end;
  const Registered ours(far_end);
  Received late{};
  std::array<int, 2> ends{};
  EXPECT(pipe(ends.data()) == 0);
  std::thread reader([&] {
    const pid_t own = gettid();
    EXPECT(write(ends[1], &own, sizeof own) == sizeof own);
    late = NaiveRead(DeviceAt(far_end.path()));
  });
  pid_t thread = 0;
  EXPECT(read(ends[0], &thread, sizeof thread) == sizeof thread);
  while (!Sleeps(thread)) std::this_thread::yield();
  pthread_kill(reader.native_handle(), SIGUSR1);
  std::this_thread::yield();
  far_end.Send(MessageOf(kGet, 'a'));
  reader.join();
  EXPECT(late.error != EINTR);
  EXPECT(late.text == MessageOf(kGet, 'a'));
  // Ours sleeps only in poll.
  WriteTo(ours.channel, MessageOf(kGet, 'r'));
  EXPECT(ReadFrom(ours.channel).error == EAGAIN);
}

void DestroyedDeviceKills() {
  FarEnd far_end;
  EXPECT(SignalThatEnds([&far_end] {
           const Registered ours(far_end);
           far_end.HangUp();
           ours.channel.Poll(-1);
         }) == SIGKILL);
}

struct Row {
  const char* name;
  void (*try_it)();
};

constexpr Row kRows[] = {
    {"registration is operation 4 and has no answer", RegistrationHasNoAnswer},
    {"registration by operation 100 is refused with EINVAL", RegistrationOfLinuxIsRefused},
    {"a read before the registration is refused with EPERM", ReadBeforeRegistrationIsRefused},
    {"a read after a write gives 1 byte, and the next one 0", OffsetIsHonoured},
    {"a larger buffer gets 7431 bytes", LargerBufferGetsOneByteMore},
    {"POLLIN stays until the reply is written", PollinStaysUntilTheReply},
    {"a second open fails with errno -16", SecondOpenIsNegative},
    {"a write that is not owed ends the kernel", UnowedWritePanics},
    {"a short write is filled up with garbage", ShortWriteIsFilledUp},
    {"a stale message can be read after the device is opened again", SemaphoreIsStaleAfterReopen},
    {"a request that is read before it is converted is torn", EarlyReadIsTorn},
    {"a reply before the driver sleeps holds up the next request", EarlyReplyIsMissed},
    {"a write that fails with EINVAL is delivered", FailedWriteIsDelivered},
    {"a read without a request sleeps through signals", ReadOutlastsSignals},
    {"the daemon is killed when the device is destroyed", DestroyedDeviceKills},
};

int Main(const std::string& wanted) {
  bool found = false;
  for (const Row& row : kRows) {
    if (wanted == "--list") std::cout << row.name << "\n";
    if (wanted != row.name) continue;
    found = true;
    row.try_it();
  }
  return (found || wanted == "--list") && !g_failed ? 0 : 1;
}

}  // namespace

}  // namespace hyperv_kvp

int main(int count, char** words) { return hyperv_kvp::Main(count > 1 ? words[1] : "--list"); }

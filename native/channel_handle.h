#ifndef HYPERV_KVP_CHANNEL_HANDLE_H_
#define HYPERV_KVP_CHANNEL_HANDLE_H_

#include <napi.h>

#include "message_channel.h"
#include "poll_thread.h"

namespace hyperv_kvp {

// new ChannelHandle(path | fd, onReady): the JavaScript handle of one message channel, a character device or a
// SOCK_SEQPACKET socket. One read or write moves one message; a write never waits, a read only as long as the caller
// says.
class ChannelHandle : public Napi::ObjectWrap<ChannelHandle> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit ChannelHandle(const Napi::CallbackInfo& info);
  ChannelHandle(const ChannelHandle&) = delete;
  ChannelHandle& operator=(const ChannelHandle&) = delete;
  ~ChannelHandle() override;

 private:
  Napi::Value Fd(const Napi::CallbackInfo& info);
  void Arm(const Napi::CallbackInfo& info);
  Napi::Value Poll(const Napi::CallbackInfo& info);
  Napi::Value Read(const Napi::CallbackInfo& info);
  Napi::Value Write(const Napi::CallbackInfo& info);
  void CloseFromJavaScript(const Napi::CallbackInfo& info);

  static void CloseAtExit(void* self);
  void Close();

  napi_env env_;
  MessageChannel channel_;
  PollThread thread_;
};

// openChannel(path): descriptor of the driver's device, or of a connection to a simulated one; a link is not followed.
Napi::Value OpenChannel(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_CHANNEL_HANDLE_H_

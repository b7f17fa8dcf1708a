#ifndef HYPERV_KVP_KVP_DEVICE_H_
#define HYPERV_KVP_KVP_DEVICE_H_

#include <napi.h>

#include "message_channel.h"
#include "poll_thread.h"

namespace hyperv_kvp {

// new KvpDevice(path | fd, onReady): the JavaScript handle of one message channel, a character device or a
// SOCK_SEQPACKET socket. One read or write moves one message; a write never waits, a read only as long as it is told
// to.
class KvpDevice : public Napi::ObjectWrap<KvpDevice> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit KvpDevice(const Napi::CallbackInfo& info);
  KvpDevice(const KvpDevice&) = delete;
  KvpDevice& operator=(const KvpDevice&) = delete;
  ~KvpDevice() override;

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

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_KVP_DEVICE_H_

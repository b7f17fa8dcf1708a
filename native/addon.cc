#include <napi.h>

#include "arguments.h"
#include "canonical_name.h"
#include "change_watch.h"
#include "channel_handle.h"
#include "datagram.h"
#include "file_io.h"
#include "file_lock.h"
#include "hypervisor.h"
#include "identity.h"
#include "network_state.h"
#include "network_watch.h"
#include "packet_socket_calls.h"
#include "process.h"
#include "status_watch.h"
#include "users.h"

namespace hyperv_kvp {

// What JavaScript sees; src/device/native.ts declares its types.
static Napi::Object Initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("ChannelHandle", ChannelHandle::Define(env));
  exports.Set("ChangeWatch", ChangeWatch::Define(env));
  exports.Set("StatusWatch", StatusWatch::Define(env));
  exports.Set("NetworkWatch", NetworkWatch::Define(env));
  exports.Set("readNetworkState", Napi::Function::New<ReadNetworkStateForJavaScript>(env));
  exports.Set("readAt",
              Napi::Function::New<Checked<ReadAt, Argument::kNumber, Argument::kBuffer, Argument::kNumber>>(env));
  exports.Set("writeAt",
              Napi::Function::New<Checked<WriteAt, Argument::kNumber, Argument::kBuffer, Argument::kNumber>>(env));
  exports.Set("append", Napi::Function::New<Checked<Append, Argument::kNumber, Argument::kBuffer>>(env));
  exports.Set("sizeOf", Napi::Function::New<Checked<SizeOf, Argument::kNumber>>(env));
  exports.Set("isLinked", Napi::Function::New<Checked<IsLinked, Argument::kNumber>>(env));
  exports.Set("tryLock", Napi::Function::New<Checked<TryLock, Argument::kNumber, Argument::kText>>(env));
  exports.Set("unlock", Napi::Function::New<Checked<Unlock, Argument::kNumber>>(env));
  exports.Set("lockHolder", Napi::Function::New<Checked<LockHolder, Argument::kNumber>>(env));
  exports.Set("listenSeqpacket", Napi::Function::New<Checked<ListenSeqpacket, Argument::kText>>(env));
  exports.Set("acceptSeqpacket", Napi::Function::New<Checked<AcceptSeqpacket, Argument::kNumber>>(env));
  exports.Set("connectSeqpacket", Napi::Function::New<Checked<ConnectSeqpacket, Argument::kText>>(env));
  exports.Set("socketPair", Napi::Function::New<SocketPair>(env));
  exports.Set(
      "sendPacket",
      Napi::Function::New<Checked<SendPacket, Argument::kNumber, Argument::kBuffer, Argument::kNumberOrNothing>>(env));
  exports.Set(
      "receivePacket",
      Napi::Function::New<Checked<ReceivePacket, Argument::kNumber, Argument::kBuffer, Argument::kNumber>>(env));
  exports.Set("peerUser", Napi::Function::New<Checked<PeerUser, Argument::kNumber>>(env));
  exports.Set("openChannel", Napi::Function::New<Checked<OpenChannel, Argument::kText>>(env));
  exports.Set("sendDatagram", Napi::Function::New<Checked<SendDatagram, Argument::kText, Argument::kText>>(env));
  exports.Set("hypervisorVendor", Napi::Function::New<HypervisorVendor>(env));
  exports.Set("setProcessName", Napi::Function::New<Checked<SetProcessName, Argument::kText>>(env));
  exports.Set("forbidNewPrivileges", Napi::Function::New<ForbidNewPrivileges>(env));
  exports.Set("writeWithoutWaiting",
              Napi::Function::New<Checked<WriteWithoutWaiting, Argument::kNumber, Argument::kText>>(env));
  exports.Set("allowCoreDumps", Napi::Function::New<Checked<AllowCoreDumpsFromJavaScript, Argument::kBoolean>>(env));
  exports.Set("giveBackFreedMemory", Napi::Function::New<GiveBackFreedMemory>(env));
  exports.Set("lookUpCanonicalName",
              Napi::Function::New<Checked<LookUpCanonicalName, Argument::kText, Argument::kFunction>>(env));
  exports.Set("setGroups", Napi::Function::New<Checked<SetGroups, Argument::kIds>>(env));
  exports.Set("setGid", Napi::Function::New<Checked<SetGid, Argument::kId>>(env));
  exports.Set("setUid", Napi::Function::New<Checked<SetUid, Argument::kId>>(env));
  exports.Set("setEffectiveUid", Napi::Function::New<Checked<SetEffectiveUid, Argument::kId>>(env));
  exports.Set("findUser", Napi::Function::New<Checked<FindUser, Argument::kText>>(env));
  exports.Set("writeSystemLog",
              Napi::Function::New<Checked<WriteSystemLog, Argument::kText, Argument::kNumber, Argument::kText>>(env));
  return exports;
}

NODE_API_MODULE(hv_kvp, Initialize)

}  // namespace hyperv_kvp

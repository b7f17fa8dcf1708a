#include <napi.h>

#include "change_watch.h"
#include "datagram.h"
#include "file_io.h"
#include "file_lock.h"
#include "hypervisor.h"
#include "kvp_device.h"
#include "layout.h"
#include "network_watch.h"
#include "process.h"
#include "simulator_socket.h"
#include "status_watch.h"

namespace hyperv_kvp {

// What JavaScript sees; src/device/native.ts declares its types.
static Napi::Object Initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("KvpDevice", KvpDevice::Define(env));
  exports.Set("ChangeWatch", ChangeWatch::Define(env));
  exports.Set("StatusWatch", StatusWatch::Define(env));
  exports.Set("NetworkWatch", NetworkWatch::Define(env));
  exports.Set("readAt", Napi::Function::New<ReadAt>(env));
  exports.Set("writeAt", Napi::Function::New<WriteAt>(env));
  exports.Set("append", Napi::Function::New<Append>(env));
  exports.Set("sizeOf", Napi::Function::New<SizeOf>(env));
  exports.Set("isLinked", Napi::Function::New<IsLinked>(env));
  exports.Set("tryLock", Napi::Function::New<TryLock>(env));
  exports.Set("unlock", Napi::Function::New<Unlock>(env));
  exports.Set("lockHolder", Napi::Function::New<LockHolder>(env));
  exports.Set("layout", DescribeLayout(env));
  exports.Set("listenSeqpacket", Napi::Function::New<ListenForDaemons>(env));
  exports.Set("acceptSeqpacket", Napi::Function::New<AcceptDaemon>(env));
  exports.Set("sendDatagram", Napi::Function::New<SendDatagram>(env));
  exports.Set("hypervisorVendor", Napi::Function::New<HypervisorVendor>(env));
  exports.Set("setProcessName", Napi::Function::New<SetProcessName>(env));
  exports.Set("writeWithoutWaiting", Napi::Function::New<WriteWithoutWaiting>(env));
  exports.Set("allowCoreDumps", Napi::Function::New<AllowCoreDumpsFromJavaScript>(env));
  exports.Set("giveBackFreedMemory", Napi::Function::New<GiveBackFreedMemory>(env));
  exports.Set("writeSystemLog", Napi::Function::New<WriteSystemLog>(env));
  return exports;
}

NODE_API_MODULE(hv_kvp, Initialize)

}  // namespace hyperv_kvp

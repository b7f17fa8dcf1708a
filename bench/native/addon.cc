#include <napi.h>

#include "codec.h"
#include "file_calls.h"

namespace hyperv_kvp_bench {

static Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("decodeRequest", Napi::Function::New<DecodeRequest>(env, "decodeRequest"));
  exports.Set("encodeReply", Napi::Function::New<EncodeReply>(env, "encodeReply"));
  exports.Set("readAt", Napi::Function::New<ReadAt>(env, "readAt"));
  exports.Set("writeAt", Napi::Function::New<WriteAt>(env, "writeAt"));
  exports.Set("sizeOf", Napi::Function::New<SizeOf>(env, "sizeOf"));
  exports.Set("sizeAt", Napi::Function::New<SizeAt>(env, "sizeAt"));
  return exports;
}

NODE_API_MODULE(NODE_GYP_MODULE_NAME, Init)

}  // namespace hyperv_kvp_bench

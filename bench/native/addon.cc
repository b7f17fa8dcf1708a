#include <napi.h>

#include "codec.h"

namespace hyperv_kvp_bench {

static Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("decodeRequest", Napi::Function::New<DecodeRequest>(env, "decodeRequest"));
  exports.Set("encodeReply", Napi::Function::New<EncodeReply>(env, "encodeReply"));
  return exports;
}

NODE_API_MODULE(NODE_GYP_MODULE_NAME, Init)

}  // namespace hyperv_kvp_bench

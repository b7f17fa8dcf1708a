#ifndef HYPERV_KVP_BENCH_CODEC_H_
#define HYPERV_KVP_BENCH_CODEC_H_

#include <napi.h>

namespace hyperv_kvp_bench {

// decodeRequest(message): the request in a message of Linux as an object, as TypeScript's decodeRequest has it; keys
// and values are views of the message, too.
Napi::Value DecodeRequest(const Napi::CallbackInfo& info);

// encodeReply(message, reply): the same as TypeScript's, for replies of kind "status", "value" and "record".
void EncodeReply(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp_bench

#endif  // HYPERV_KVP_BENCH_CODEC_H_

#ifndef HYPERV_KVP_IDENTITY_H_
#define HYPERV_KVP_IDENTITY_H_

#include <napi.h>

namespace hyperv_kvp {

// setGroups(gids), setGid(gid), setUid(uid), setEffectiveUid(uid): of all threads of this process, by the calls of
// these names. Whoever calls them sees to it that no io_uring is at work with the rights that are given up.
void SetGroups(const Napi::CallbackInfo& info);
void SetGid(const Napi::CallbackInfo& info);
void SetUid(const Napi::CallbackInfo& info);
void SetEffectiveUid(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_IDENTITY_H_

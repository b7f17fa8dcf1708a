#ifndef HYPERV_KVP_USERS_H_
#define HYPERV_KVP_USERS_H_

#include <napi.h>

namespace hyperv_kvp {

// findUser(name): [uid, gid] by getpwnam(3), undefined if there is no such user. Waits for whatever the system asks.
Napi::Value FindUser(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_USERS_H_

#ifndef HYPERV_KVP_CANONICAL_NAME_H_
#define HYPERV_KVP_CANONICAL_NAME_H_

#include <napi.h>

namespace hyperv_kvp {

// lookUpCanonicalName(name, answer): calls answer with what getaddrinfo(3) says is the name's full form, or undefined
// if it knows none. The resolver may take minutes: it is asked in a thread that nobody waits for, at the end of the
// process neither, as the end would for one of Node's own threads. Throws an error with errno if there can be no
// thread.
void LookUpCanonicalName(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_CANONICAL_NAME_H_

#ifndef HYPERV_KVP_LAYOUT_H_
#define HYPERV_KVP_LAYOUT_H_

#include <napi.h>

namespace hyperv_kvp {

// The compiler's view of the message: { size, fields: { 'enumerate.key': { offset, size }, … } } with the names of
// the TypeScript table.
Napi::Object DescribeLayout(Napi::Env env);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_LAYOUT_H_

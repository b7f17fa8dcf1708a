#ifndef HYPERV_KVP_HYPERVISOR_H_
#define HYPERV_KVP_HYPERVISOR_H_

#include <napi.h>

namespace hyperv_kvp {

// hypervisorVendor(): what the hypervisor calls itself to the processor's CPUID, such as "Microsoft Hv"; "" on a
// physical machine, undefined on a processor that has no CPUID.
Napi::Value HypervisorVendor(const Napi::CallbackInfo& info);

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_HYPERVISOR_H_

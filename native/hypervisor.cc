#include "hypervisor.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#define HYPERV_KVP_HAS_CPUID
#endif

#include <array>
#include <cstring>
#include <string>

namespace hyperv_kvp {

#ifdef HYPERV_KVP_HAS_CPUID

namespace {

constexpr unsigned int kFeatureLeaf = 1;
// Of ECX: reserved for hypervisors, which set it.
constexpr unsigned int kHypervisorBit = 1U << 31U;
constexpr unsigned int kHypervisorLeaf = 0x40000000;

std::string Vendor() {
  unsigned int eax = 0;
  unsigned int ebx = 0;
  unsigned int ecx = 0;
  unsigned int edx = 0;
  if (__get_cpuid(kFeatureLeaf, &eax, &ebx, &ecx, &edx) == 0 || (ecx & kHypervisorBit) == 0) return "";
  __cpuid(kHypervisorLeaf, eax, ebx, ecx, edx);
  std::array<char, sizeof ebx + sizeof ecx + sizeof edx + 1> text = {};
  std::memcpy(text.data(), &ebx, sizeof ebx);
  std::memcpy(text.data() + sizeof ebx, &ecx, sizeof ecx);
  std::memcpy(text.data() + sizeof ebx + sizeof ecx, &edx, sizeof edx);
  return text.data();
}

}  // namespace

Napi::Value HypervisorVendor(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), Vendor()); }

#else

Napi::Value HypervisorVendor(const Napi::CallbackInfo& info) { return info.Env().Undefined(); }

#endif

}  // namespace hyperv_kvp

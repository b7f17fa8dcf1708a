#ifndef HYPERV_KVP_KVP_MESSAGE_H_
#define HYPERV_KVP_KVP_MESSAGE_H_

#include <cstdint>

#include "delete_packing.h"

namespace hyperv_kvp {

// The message that the kernel's KVP device exchanges, packed as this system's driver compiles it.

constexpr int kMaxKeySize = 512;
constexpr int kMaxValueSize = 2048;
constexpr int kMaxAdapterIdUnits = 128;
constexpr int kMaxAddressUnits = 1024;
constexpr int kMaxGatewayUnits = 512;

#define HYPERV_KVP_PACKED __attribute__((packed))

// Arrays as the kernel declares them.
// NOLINTBEGIN(cppcoreguidelines-avoid-c-arrays)

struct KeyAndValue {
  uint32_t value_type;
  uint32_t key_size;
  uint32_t value_size;
  uint8_t key[kMaxKeySize];
  uint8_t value[kMaxValueSize];
} HYPERV_KVP_PACKED;

struct Enumerate {
  uint32_t index;
  KeyAndValue data;
} HYPERV_KVP_PACKED;

struct Delete {
  uint32_t key_size;
  uint8_t key[kMaxKeySize];
} HYPERV_KVP_DELETE_PACKING;

struct Register {
  uint8_t version[kMaxKeySize];
} HYPERV_KVP_PACKED;

struct IpValue {
  uint16_t adapter_id[kMaxAdapterIdUnits];
  uint8_t addr_family;
  uint8_t dhcp_enabled;
  uint16_t ip_addr[kMaxAddressUnits];
  uint16_t sub_net[kMaxAddressUnits];
  uint16_t gate_way[kMaxGatewayUnits];
  uint16_t dns_addr[kMaxAddressUnits];
} HYPERV_KVP_PACKED;

// NOLINTEND(cppcoreguidelines-avoid-c-arrays)

struct Header {
  uint8_t operation;
  uint8_t pool;
  uint16_t pad;
} HYPERV_KVP_PACKED;

struct KvpMessage {
  union {
    Header request;
    uint32_t error;
  } header;
  union {
    KeyAndValue get_or_set;
    Enumerate enumerate;
    Delete remove;
    Register registration;
    IpValue ip;
  } body;
} HYPERV_KVP_PACKED;

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_KVP_MESSAGE_H_

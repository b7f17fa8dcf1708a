#ifndef HYPERV_KVP_DELETE_PACKING_H_
#define HYPERV_KVP_DELETE_PACKING_H_

// Linux's header leaves this one structure unpacked, which pads the whole message by two bytes.
#define HYPERV_KVP_DELETE_PACKING

#endif  // HYPERV_KVP_DELETE_PACKING_H_

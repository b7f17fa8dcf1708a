#ifndef HYPERV_KVP_DELETE_PACKING_H_
#define HYPERV_KVP_DELETE_PACKING_H_

// FreeBSD's header packs every structure of the message.
#define HYPERV_KVP_DELETE_PACKING __attribute__((packed))

#endif  // HYPERV_KVP_DELETE_PACKING_H_

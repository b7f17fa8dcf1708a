#ifndef HYPERV_KVP_TWIN_SYS_MOUNT_H_
#define HYPERV_KVP_TWIN_SYS_MOUNT_H_

#include <sys/statfs.h>

// Linux's ST_VALID, which every file system has: all of them are local here.
constexpr long MNT_LOCAL = 0x20;

#endif  // HYPERV_KVP_TWIN_SYS_MOUNT_H_

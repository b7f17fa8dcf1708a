// statfs(2), of which only the flags are used.
#pragma once

#include <stdint.h>

struct statfs {
  uint32_t f_version;
  uint32_t f_type;
  uint64_t f_flags;
};

#define MNT_LOCAL 0x0000000000001000ULL

extern "C" int fstatfs(int fd, struct statfs* status);

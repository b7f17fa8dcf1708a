// getpeereid(3), which Linux does not have.
#pragma once
#include_next <unistd.h>

extern "C" int getpeereid(int fd, uid_t* user, gid_t* group);

// FreeBSD's wait, which Linux's poll(2) can do too.
#include "../../../../native/freebsd/brief_wait.h"

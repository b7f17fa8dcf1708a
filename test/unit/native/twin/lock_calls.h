// FreeBSD's locks, which Linux has too.
#include "../../../../native/freebsd/lock_calls.h"

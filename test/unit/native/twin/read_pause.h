// FreeBSD's pause, on which the twin of its device insists.
#include "../../../../native/freebsd/read_pause.h"

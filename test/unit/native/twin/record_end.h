// What is behind the twin's socket is Linux.
#include "../../../../native/linux/record_end.h"

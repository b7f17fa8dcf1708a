// fcntl(2): no lock belongs to a descriptor.
#pragma once
#include_next <fcntl.h>
#undef F_OFD_GETLK
#undef F_OFD_SETLK
#undef F_OFD_SETLKW

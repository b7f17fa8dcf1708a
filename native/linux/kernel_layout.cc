// Compared with the kernel's own header, where it is installed.
#if __has_include(<linux/hyperv.h>)
#include <linux/hyperv.h>

#include "kvp_message.h"

static_assert(sizeof(hyperv_kvp::KvpMessage) == sizeof(hv_kvp_msg), "our message is not the kernel's");
#endif

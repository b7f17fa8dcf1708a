// As FreeBSD's driver compiles it: compiled with native/freebsd on the path.
#include <cstddef>

#include "kvp_message.h"

namespace hyperv_kvp {

static_assert(sizeof(KvpMessage) == 7430, "the message is not as large as FreeBSD's");
static_assert(offsetof(KvpMessage, body.get_or_set.value) == 528,
              "GET's value is not where FreeBSD's driver takes it from");
static_assert(offsetof(KvpMessage, body.ip.dns_addr) == 5382,
              "the name servers are not where FreeBSD's driver looks for them");

}  // namespace hyperv_kvp

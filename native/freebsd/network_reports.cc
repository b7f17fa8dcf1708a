#include "network_reports.h"

#include <sys/socket.h>

namespace hyperv_kvp {

// route(4). It drops what does not fit without a word, but only while there is something to read.
UniqueFd OpenNetworkReports() { return UniqueFd(socket(PF_ROUTE, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, AF_UNSPEC)); }

}  // namespace hyperv_kvp

#ifndef HYPERV_KVP_NETWORK_REPORTS_H_
#define HYPERV_KVP_NETWORK_REPORTS_H_

#include "unique_fd.h"

namespace hyperv_kvp {

// A descriptor, not waiting, on which the kernel reports every change of links, addresses and routes; not open if there
// is none to be had.
UniqueFd OpenNetworkReports();

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_NETWORK_REPORTS_H_

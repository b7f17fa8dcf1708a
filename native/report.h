#ifndef HYPERV_KVP_REPORT_H_
#define HYPERV_KVP_REPORT_H_

namespace hyperv_kvp {

// What a kernel reports of a file: kOther is anything that may have parted it from its path, or a report that was lost.
enum class Report { kNothing, kWrites, kOther };

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_REPORT_H_

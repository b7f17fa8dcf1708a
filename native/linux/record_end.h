#ifndef HYPERV_KVP_RECORD_END_H_
#define HYPERV_KVP_RECORD_END_H_

#include <sys/socket.h>

namespace hyperv_kvp {

// Whether what recvmsg(2) gave of a SOCK_SEQPACKET record, by its flags, is all of it. Linux never sets MSG_EOR there.
inline bool IsWholeRecord(int flags) { return (flags & MSG_TRUNC) == 0; }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_RECORD_END_H_

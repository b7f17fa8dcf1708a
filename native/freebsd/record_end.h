#ifndef HYPERV_KVP_RECORD_END_H_
#define HYPERV_KVP_RECORD_END_H_

#include <sys/socket.h>

namespace hyperv_kvp {

// Whether what recvmsg(2) gave of a SOCK_SEQPACKET record, by its flags, is all of it. From FreeBSD 16 on only MSG_EOR
// ends a record: the rest of one that was too long would be read as the next.
inline bool IsWholeRecord(int flags) { return (flags & (MSG_TRUNC | MSG_EOR)) == MSG_EOR; }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_RECORD_END_H_

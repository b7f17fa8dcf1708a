#ifndef HYPERV_KVP_THREAD_NAME_H_
#define HYPERV_KVP_THREAD_NAME_H_

#include <pthread.h>
#include <pthread_np.h>

namespace hyperv_kvp {

inline void NameThisThread(const char* name) { pthread_set_name_np(pthread_self(), name); }

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_THREAD_NAME_H_

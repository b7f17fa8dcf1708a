#ifndef HYPERV_KVP_FAULTS_NEXT_H_
#define HYPERV_KVP_FAULTS_NEXT_H_

#include <dlfcn.h>

// The C library's own function of a name, with its type.
#define NEXT(function)                                                                            \
  ({                                                                                              \
    static __typeof__(&function) next;                                                            \
    if (next == NULL) next = __extension__(__typeof__(&function)) dlsym(RTLD_NEXT, #function);    \
    next;                                                                                         \
  })

#endif  // HYPERV_KVP_FAULTS_NEXT_H_

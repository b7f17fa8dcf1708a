#ifndef HYPERV_KVP_SIGNALS_BLOCKED_H_
#define HYPERV_KVP_SIGNALS_BLOCKED_H_

#include <signal.h>

namespace hyperv_kvp {

// While a thread is begun: it inherits the mask, and signals belong to the main thread, where Node handles them.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_SIGNALS_BLOCKED_H_

#ifndef HYPERV_KVP_FAULTS_CONTROL_H_
#define HYPERV_KVP_FAULTS_CONTROL_H_

#include <stdint.h>

enum { kMostFaults = 8 };

// The next so many calls of a kind on the device, after so many that are let through, fail or do less than they were
// asked to. What a test writes and reads, see ../injection.ts.
typedef struct {
  int32_t call;
  int32_t effect;
  int32_t passes;
  int32_t times;
  int32_t hits;
} Fault;

// The file that the environment names, in memory: it changes while the program runs.
typedef struct {
  // To what the wall clock tells, and to what counts the time since the start.
  int64_t wall_clock_ahead_ns;
  int64_t steady_clock_ahead_ns;
  // So many times faster do both go, and timers with them.
  int64_t clock_rate;
  Fault faults[kMostFaults];
} Control;

// Without a file nothing is changed.
extern Control* control;

#endif  // HYPERV_KVP_FAULTS_CONTROL_H_

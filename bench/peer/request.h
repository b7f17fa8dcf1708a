#ifndef HYPERV_KVP_BENCH_REQUEST_H_
#define HYPERV_KVP_BENCH_REQUEST_H_

#include <linux/hyperv.h>
#include <stdint.h>

// A row of requests of one operation, of the keys or indexes `first` … `last` in turn.
struct Request {
  uint8_t operation;
  uint8_t pool;
  unsigned long first;
  unsigned long last;
  const char* adapter;  // Of GET_IP_INFO, else NULL.
};

// Parses "OPERATION POOL FIRST LAST", or "get-ip-info ADAPTER", out of the words that strtok has next. Returns whether
// there were any; ends the program if they make no sense.
int ParseRequest(struct Request* request);

// Writes the message of the `round`th request: keys are "key<number>", values "value<round>".
void WriteRequest(struct hv_kvp_msg* message, const struct Request* request, unsigned long round);

#endif  // HYPERV_KVP_BENCH_REQUEST_H_

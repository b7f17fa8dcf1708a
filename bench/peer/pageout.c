// pageout PID: takes from a process what the kernel would take where memory is short: pages that it can read again from
// their files, and, where there is swap, all others.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "channel.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

// The same on every architecture; C libraries do not name them all.
enum { kPidfdOpen = 434, kProcessMadvise = 440, kPathSize = 64 };

int main(int count, char** words) {
  if (count != 2) return EXIT_FAILURE;
  const int process = (int)syscall(kPidfdOpen, atoi(words[1]), 0);
  if (process < 0) Fail("open the process");
  char path[kPathSize];
  snprintf(path, sizeof path, "/proc/%s/maps", words[1]);
  FILE* maps = fopen(path, "r");
  if (maps == NULL) Fail(path);
  uintptr_t begin;
  uintptr_t end;
  size_t done = 0;
  while (fscanf(maps, "%" SCNxPTR "-%" SCNxPTR "%*[^\n]", &begin, &end) == 2) {
    const struct iovec range = {.iov_base = (void*)begin, .iov_len = end - begin};
    // What cannot be taken, such as the kernel's own pages, stays.
    if (syscall(kProcessMadvise, process, &range, 1, MADV_PAGEOUT, 0) > 0) done += 1;
  }
  fclose(maps);
  if (done == 0) Fail("take pages");
  return EXIT_SUCCESS;
}

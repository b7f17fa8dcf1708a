// elapsed PROGRAM [ARGUMENT...]: prints the nanoseconds from the start of a program to its end.
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>

#include "channel.h"

int main(int count, char** words) {
  (void)count;
  const int64_t start = Now();
  if (waitpid(Launch(&words[1], "/dev/null"), NULL, 0) < 0) Fail("wait for the program");
  printf("%lld\n", (long long)(Now() - start));
  return 0;
}

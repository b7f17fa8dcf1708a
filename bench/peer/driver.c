// The driver's end of the channel, with a clock: driver SOCKET [NAME=VALUE...] PROGRAM [ARGUMENT...] starts the
// program, registers it, and measures what each line of standard input asks for:
//   COUNT LIMIT_MS WARM_UP_MS PAUSE_US REQUEST [REQUEST...]
// At most COUNT times, and for at most LIMIT_MS, the requests are made in turn. A line of JSON answers.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "request.h"

enum { kMaximumRequests = 8 };

static const int64_t kNanosecondsPerMillisecond = 1000000;

struct Plan {
  unsigned long count;
  int64_t limit;
  int64_t warm_up;
  useconds_t pause;
  size_t requests;
  struct Request request[kMaximumRequests];
};

struct Outcome {
  unsigned long rounds;
  unsigned long succeeded;
  int64_t* nanoseconds[kMaximumRequests];
};

static struct Plan ParsePlan(char* line) {
  struct Plan plan = {0};
  plan.count = strtoul(strtok(line, " "), NULL, 10);
  plan.limit = strtol(strtok(NULL, " "), NULL, 10) * kNanosecondsPerMillisecond;
  plan.warm_up = strtol(strtok(NULL, " "), NULL, 10) * kNanosecondsPerMillisecond;
  plan.pause = (useconds_t)strtoul(strtok(NULL, " "), NULL, 10);
  while (plan.requests < kMaximumRequests && ParseRequest(&plan.request[plan.requests])) plan.requests++;
  return plan;
}

// Makes the requests of one round; where `outcome` is given, their times are kept there.
static void MakeRound(int connection, const struct Plan* plan, unsigned long round, struct Outcome* outcome) {
  struct hv_kvp_msg message;
  for (size_t index = 0; index < plan->requests; index++) {
    WriteRequest(&message, &plan->request[index], round);
    if (plan->pause > 0) usleep(plan->pause);
    const int64_t elapsed = Exchange(connection, &message);
    if (outcome == NULL) continue;
    outcome->nanoseconds[index][outcome->rounds] = elapsed;
    if (message.error == HV_S_OK) outcome->succeeded++;
  }
  if (outcome != NULL) outcome->rounds++;
}

static void Print(const struct Plan* plan, const struct Outcome* outcome) {
  printf("{\"succeeded\":%lu,\"nanoseconds\":[", outcome->succeeded);
  for (size_t index = 0; index < plan->requests; index++) {
    printf(index == 0 ? "[" : ",[");
    for (unsigned long round = 0; round < outcome->rounds; round++)
      printf(round == 0 ? "%lld" : ",%lld", (long long)outcome->nanoseconds[index][round]);
    printf("]");
  }
  printf("]}\n");
}

static void Measure(int connection, const struct Plan* plan) {
  struct Outcome outcome = {0};
  for (size_t index = 0; index < plan->requests; index++) {
    outcome.nanoseconds[index] = calloc(plan->count, sizeof(int64_t));
    if (outcome.nanoseconds[index] == NULL) Fail("keep the times");
  }
  // Rounds count on from the warm-up, so that no SET repeats the value before it.
  unsigned long round = 0;
  for (const int64_t end = Now() + plan->warm_up; Now() < end; round++) MakeRound(connection, plan, round, NULL);
  const int64_t end = Now() + plan->limit;
  do {
    MakeRound(connection, plan, round++, &outcome);
  } while (outcome.rounds < plan->count && Now() < end);
  Print(plan, &outcome);
  for (size_t index = 0; index < plan->requests; index++) free(outcome.nanoseconds[index]);
}

int main(int count, char** words) {
  (void)count;
  char* line = NULL;
  size_t capacity = 0;
  const int listener = Listen(words[1]);
  const int64_t start = Now();
  const pid_t daemon = Launch(&words[3], words[2]);
  const int connection = AcceptRegistration(listener);
  printf("{\"pid\":%d,\"registeredAfter\":%lld}\n", daemon, (long long)(Now() - start));
  fflush(stdout);
  while (getline(&line, &capacity, stdin) > 0) {
    const struct Plan plan = ParsePlan(line);
    Measure(connection, &plan);
    fflush(stdout);
  }
  free(line);
  kill(daemon, SIGTERM);
  close(connection);
  waitpid(daemon, NULL, 0);
  return EXIT_SUCCESS;
}

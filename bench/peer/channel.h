#ifndef HYPERV_KVP_BENCH_CHANNEL_H_
#define HYPERV_KVP_BENCH_CHANNEL_H_

#include <linux/hyperv.h>
#include <stdint.h>
#include <sys/types.h>

// Nanoseconds of the monotonic clock.
int64_t Now(void);

// Prints what failed, with errno, and ends the program.
void Fail(const char* what) __attribute__((noreturn));

// Listens on a SOCK_SEQPACKET socket in place of the device.
int Listen(const char* path);

// Takes the connection of a daemon and answers its registration. Returns the connection.
int AcceptRegistration(int listener);

// Sends a request and waits for the reply, which replaces it. Returns the nanoseconds between.
int64_t Exchange(int connection, struct hv_kvp_msg* message);

// Starts a program; leading words of the form NAME=VALUE go to its environment. What it says goes to the end of a file.
pid_t Launch(char** words, const char* log);

#endif  // HYPERV_KVP_BENCH_CHANNEL_H_

// connected SOCKET PROGRAM [ARGUMENT...]: runs the program with a connection to the driver as descriptor 3, which waits
// in read(2) as a device does.
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "channel.h"

enum { kDescriptor = 3 };

int main(int count, char** words) {
  (void)count;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, words[1], sizeof address.sun_path - 1);
  const int connection = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  if (connection < 0 || connect(connection, (const struct sockaddr*)&address, sizeof address) != 0) Fail(words[1]);
  if (connection != kDescriptor) {
    dup2(connection, kDescriptor);
    close(connection);
  }
  execvp(words[2], &words[2]);
  Fail(words[2]);
}

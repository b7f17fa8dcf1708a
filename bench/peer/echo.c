// The least a daemon can do: echo SOCKET registers and sends every message back. What it costs is the transport's
// share.
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "channel.h"

int main(int count, char** words) {
  (void)count;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, words[1], sizeof address.sun_path - 1);
  const int connection = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  if (connection < 0 || connect(connection, (const struct sockaddr*)&address, sizeof address) != 0) Fail(words[1]);
  struct hv_kvp_msg message = {.kvp_hdr = {.operation = KVP_OP_REGISTER1}};
  if (send(connection, &message, sizeof message, 0) < 0) Fail("register");
  if (recv(connection, &message, sizeof message, 0) <= 0) Fail("wait for the version");
  while (recv(connection, &message, sizeof message, 0) > 0) {
    message.error = HV_S_OK;
    if (send(connection, &message, sizeof message, MSG_NOSIGNAL) < 0) break;
  }
  return 0;
}

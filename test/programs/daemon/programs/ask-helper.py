# As a user, sends packets to the helper, each by a connection of its own, and prints what it answers, a line for each packet:
# ask-helper.py SOCKET UID PACKET...
import os, socket, sys

path, uid, *packets = sys.argv[1:]
os.setgroups([])
os.setuid(int(uid))
for packet in packets:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    client.connect(path)
    answer = ''
    try:
        # It may have hung up already.
        client.send(packet.encode())
        while reply := client.recv(65536):
            answer += reply.decode()
    except (BrokenPipeError, ConnectionResetError):
        pass
    print(answer)

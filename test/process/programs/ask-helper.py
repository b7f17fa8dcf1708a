# As a user, sends one packet to the helper and prints what it answers, one packet a line: ask-helper.py SOCKET UID PACKET
import os, socket, sys

path, uid, packet = sys.argv[1:]
os.setgroups([])
os.setuid(int(uid))
client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
client.connect(path)
client.send(packet.encode())
try:
    while reply := client.recv(65536):
        print(reply.decode())
except ConnectionResetError:
    pass

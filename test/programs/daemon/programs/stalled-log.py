"""Plays a log and a supervisor that stand still: binds /dev/log and SOCKET, never reads, and runs a program.

Usage: stalled-log.py SOCKET PROGRAM [ARGUMENT...]; to be run in a mount namespace of its own, where /dev/log is free.
"""

import os
import signal
import socket
import subprocess
import sys

sockets = [socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(2)]
for each, name in zip(sockets, ["/dev/log", sys.argv[1]]):
    each.bind(name)
started = subprocess.run(sys.argv[2:], env={**os.environ, "NOTIFY_SOCKET": sys.argv[1]}, check=False)
print("status", started.returncode, flush=True)
sys.stdin.readline()
print(sockets[0].recv(4096).decode(), flush=True)
for each in sockets:
    each.setblocking(False)
    while True:
        try:
            each.recv(4096)
        except BlockingIOError:
            break
print("read", flush=True)
sockets[0].setblocking(True)
while True:
    print(sockets[0].recv(4096).decode(), flush=True)

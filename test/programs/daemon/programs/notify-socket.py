"""Plays systemd's end of sd_notify(3): prints each message as a line of JSON, an array of its assignments.

Usage: notify-socket.py NAME; "@" begins the name of an abstract socket.
"""

import json
import socket
import sys

name = sys.argv[1]
messages = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
messages.bind("\0" + name[1:] if name.startswith("@") else name)
print("[]", flush=True)
while True:
    print(json.dumps(messages.recv(4096).decode().split("\n")), flush=True)

"""Plays the system's log: prints what a daemon logs while it starts, ends it, and prints what it logs then.

Usage: system-log.py PROGRAM [ARGUMENT...]; to be run in a mount namespace of its own, where /dev/log is free.
"""

import os
import re
import signal
import socket
import subprocess
import sys

log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind("/dev/log")
log.settimeout(10)
started = subprocess.run(sys.argv[1:], check=False)
print("status", started.returncode)
line = log.recv(4096).decode()
print(line)
os.kill(int(re.search(r"\[(\d+)\]", line)[1]), signal.SIGTERM)
print(log.recv(4096).decode())

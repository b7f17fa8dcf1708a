"""Plays a kernel that was built without seccomp: seccomp(2) fails with ENOSYS in a program and in all that it starts.

Usage: without-seccomp.py PROGRAM [ARGUMENT...]; as root, so that nothing else is taken from the program.
"""

import ctypes
import os
import platform
import struct
import sys

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
ENOSYS = 38
NUMBER = {"x86_64": 317, "aarch64": 277}[platform.machine()]
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
FAIL, ALLOW = 0x00050000 | ENOSYS, 0x7FFF0000

rules = [(LOAD, 0, 0, 0), (EQUAL, 0, 1, NUMBER), (RETURN, 0, 0, FAIL), (RETURN, 0, 0, ALLOW)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))


class Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("rules", ctypes.c_void_p)]


of_system = ctypes.CDLL(None, use_errno=True)
given = Filter(len(rules), ctypes.addressof(code))
if of_system.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(given), 0, 0) != 0:
    sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
os.execvp(sys.argv[1], sys.argv[1:])

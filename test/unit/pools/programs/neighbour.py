"""The programs that share a pool with us: neighbour.py ROLE PATH PAUSE_MS. Ends when its standard input does.

hold-fcntl and hold-flock hold that lock and none else. fcntl and flock append numbered records under that lock only; reader reads without a lock; truncater truncates without
a lock; cloud-init appends with its own reporting handler, which must be on PYTHONPATH. What each saw goes to standard
output as JSON.
"""

import fcntl
import json
import select
import sys
import time

RECORD_SIZE = 2560
KEY_SIZE = 512

role, path, pause_ms = sys.argv[1], sys.argv[2], float(sys.argv[3])


def go_on():
    return not select.select([sys.stdin], [], [], pause_ms / 1000)[0]


def record(key, value):
    return key.encode().ljust(KEY_SIZE, b"\0") + value.encode().ljust(RECORD_SIZE - KEY_SIZE, b"\0")


def hold(lock):
    with open(path, "r+b") as file:
        lock(file)
        print("ready", flush=True)
        while go_on():
            pass


def append(lock, unlock):
    count = 0
    while go_on():
        with open(path, "ab", buffering=0) as file:
            lock(file)
            file.write(record(f"{role}{count}", "x" * (count % 2000)))
            unlock(file)
        count += 1
    return count


def read():
    reads = 0
    shortest = None
    lost = 0
    while go_on():
        with open(path, "rb") as file:
            data = file.read()
        reads += 1
        shortest = len(data) if shortest is None else min(shortest, len(data))
        first = [data[n * RECORD_SIZE : n * RECORD_SIZE + KEY_SIZE].rstrip(b"\0") for n in range(20)]
        lost += first != [f"keep{n}".encode() for n in range(20)]
    return {"reads": reads, "shortest": shortest, "lost": lost}


def truncate():
    times = []
    while go_on():
        start = time.monotonic_ns()
        with open(path, "r+b") as file:
            file.truncate(0)
        times.append([start, time.monotonic_ns()])
    return times


def cloud_init():
    from cloudinit.reporting import events
    from cloudinit.reporting.handlers import HyperVKvpReportingHandler

    handler = HyperVKvpReportingHandler(kvp_file_path=path)
    count = 0
    while go_on():
        handler.publish_event(events.ReportingEvent("type", f"event{count}", "text"))
        handler.q.join()
        count += 1
    return count


if not role.startswith("hold"):
    print("ready", flush=True)
roles = {
    "hold-fcntl": lambda: hold(lambda file: fcntl.lockf(file, fcntl.LOCK_EX)),
    "hold-flock": lambda: hold(lambda file: fcntl.flock(file, fcntl.LOCK_EX)),
    "fcntl": lambda: append(lambda file: fcntl.lockf(file, fcntl.LOCK_EX), lambda file: fcntl.lockf(file, fcntl.LOCK_UN)),
    "flock": lambda: append(lambda file: fcntl.flock(file, fcntl.LOCK_EX), lambda file: fcntl.flock(file, fcntl.LOCK_UN)),
    "reader": read,
    "truncater": truncate,
    "cloud-init": cloud_init,
}
print(json.dumps(roles[role]()), flush=True)

# cloud-init's own reporting handler on a pool file: cloud_init.py write FILE (a description on standard input) or read FILE PREFIX.
import json
import sys

from cloudinit.reporting import events, handlers

action, path = sys.argv[1:3]
handler = handlers.HyperVKvpReportingHandler(kvp_file_path=path)
if action == "write":
    description = sys.stdin.buffer.read().decode("utf-8")
    handler.publish_event(events.FinishReportingEvent("name", description, result=events.status.FAIL))
    handler.flush()
else:
    records = {item["key"]: item["value"] for item in handler._iterate_kvps(0)}
    text, number = "", 0
    while sys.argv[3] + "|" + str(number) in records:
        part = json.loads(records[sys.argv[3] + "|" + str(number)])
        assert part["msg_i"] == number
        text, number = text + part["msg"], number + 1
    sys.stdout.buffer.write(json.dumps({"parts": number, "text": text}).encode())

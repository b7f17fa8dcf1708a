import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { masked } from '../../support/control-samples.ts';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { watchedHost } from '../../support/watched-host.ts';

const escape = '\u001b[';

describe('hvkvp status', () => {
  it('shows how the daemon does', async () => {
    const { host, socket } = await watchedHost();
    await host.set(0, 'key', 'value');
    const { status, stdout, stderr } = await hvkvp(['status', '--socket', socket]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^hv_kvp_daemon .*, process \d+, up \d+ s\n/);
    expect(stdout).toMatch(/^device +\/.*: registered, integration services 3\.1$/m);
    expect(stdout).toMatch(/^set +1 .* ok 1$/m);
    expect(stdout).toMatch(/^0 external +1 +2560$/m);
    expect(stdout).toMatch(/^configuration +(?:no file|\/\S+), read \d{4}-/m);
    expect(stdout).toMatch(/^reported to the host\n(?:.+\n)*OSName +\S/m);
    expect(stdout).not.toContain(escape);
  });

  it('has a shape for programs', async () => {
    const { host, socket } = await watchedHost();
    await host.set(0, 'key', 'value');
    const { stdout } = await hvkvp(['status', '--socket', socket, '--json']);
    expect(stdout.trimEnd()).not.toContain('\n');
    const { autoKeys, ...status } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(autoKeys).toContainEqual({ key: 'OSName', value: expect.any(String) as string });
    expect(masked(status)).toMatchInlineSnapshot(`
      {
        "configuration": {
          "file": "",
          "readAt": "<readAt>",
        },
        "device": {
          "integrationServices": "3.1",
          "path": "<path>",
          "state": "registered",
          "trouble": "",
        },
        "injections": {
          "applied": 0,
          "failed": 0,
          "refused": 0,
          "unchanged": 0,
          "undone": 0,
        },
        "ipInjection": {
          "backEnd": "auto",
          "deniedInterfaces": [],
          "interfaces": [],
          "mode": "apply",
        },
        "lastRequestAt": "<lastRequestAt>",
        "lateReplies": 0,
        "latency": {
          "buckets": "<buckets>",
          "count": 1,
          "maxUs": "<maxUs>",
          "p50Us": "<p50Us>",
          "p90Us": "<p90Us>",
          "p99Us": "<p99Us>",
          "sumUs": "<sumUs>",
        },
        "lockWaits": {
          "count": 0,
          "longestMs": 0,
          "totalMs": 0,
        },
        "losses": 0,
        "pid": "<pid>",
        "pools": [
          {
            "bytes": 2560,
            "journalTrouble": "",
            "name": "external",
            "number": 0,
            "path": "<path>",
            "records": 1,
          },
          {
            "bytes": 0,
            "journalTrouble": "",
            "name": "guest",
            "number": 1,
            "path": "<path>",
            "records": 0,
          },
          {
            "bytes": 0,
            "journalTrouble": "",
            "name": "auto",
            "number": 2,
            "path": "<path>",
            "records": 0,
          },
          {
            "bytes": 0,
            "journalTrouble": "",
            "name": "auto-external",
            "number": 3,
            "path": "<path>",
            "records": 0,
          },
          {
            "bytes": 0,
            "journalTrouble": "",
            "name": "auto-internal",
            "number": 4,
            "path": "<path>",
            "records": 0,
          },
        ],
        "privileges": {
          "helper": "none",
          "trouble": "",
          "uid": "<uid>",
        },
        "registrations": 1,
        "startedAt": "<startedAt>",
        "system": "linux",
        "transactions": [
          {
            "latency": {
              "buckets": "<buckets>",
              "count": 1,
              "maxUs": "<maxUs>",
              "p50Us": "<p50Us>",
              "p90Us": "<p90Us>",
              "p99Us": "<p99Us>",
              "sumUs": "<sumUs>",
            },
            "operation": "set",
            "statuses": {
              "ok": 1,
            },
          },
        ],
        "type": "status",
        "version": "<version>",
      }
    `);
  });

  it('finds the socket in the configuration', async () => {
    const { socket, daemon } = await watchedHost();
    const file = join(temporaryFolder(), 'hyperv-kvp.toml');
    writeFileSync(file, `[control]\nsocket = "${socket}"\n`);
    const { stdout } = await hvkvp(['status', '--config', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ pid: daemon.pid });
  });
});

describe('without a daemon', () => {
  it.each([['status'], ['monitor'], ['top'], ['metrics']])(
    'hvkvp %s says so, and how to start one',
    async (command) => {
      const socket = join(temporaryFolder(), 'control');
      const { status, stdout, stderr } = await hvkvp([command, '--socket', socket]);
      expect(status).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toBe(`hvkvp ${command}: no daemon listens at ${socket}; as root, start one: hv_kvp_daemon\n`);
    },
  );

  it('says that there is no socket in the configuration', async () => {
    const file = join(temporaryFolder(), 'hyperv-kvp.toml');
    writeFileSync(file, '[control]\nsocket = ""\n');
    expect(await hvkvp(['status', '--config', file])).toMatchObject({ status: 1 });
  });

  it('ends with status 2 for an unknown option', async () => {
    expect(await hvkvp(['status', '--colour'])).toMatchObject({ status: 2, stdout: '' });
  });
});

it('hvkvp metrics prints them', async () => {
  const { socket, host } = await watchedHost();
  await host.get(0, 'none');
  const { status, stdout } = await hvkvp(['metrics', '--socket', socket]);
  expect(status).toBe(0);
  expect(stdout).toContain('hyperv_kvp_transactions_total{operation="get",status="noMoreItems"} 1\n');
});

it('hvkvp metrics has a shape for programs: an array of families', async () => {
  const { socket, host } = await watchedHost();
  await host.get(0, 'none');
  const { stdout } = await hvkvp(['metrics', '--socket', socket, '--json']);
  expect(stdout.trimEnd()).not.toContain('\n');
  const families = JSON.parse(stdout) as { name: string; samples: { buckets?: unknown[] }[] }[];
  const of = (name: string) => families.find((family) => family.name === name);
  expect(of('hyperv_kvp_transactions_total')).toMatchInlineSnapshot(`
    {
      "help": "Requests of the host.",
      "name": "hyperv_kvp_transactions_total",
      "samples": [
        {
          "labels": {
            "operation": "get",
            "status": "noMoreItems",
          },
          "value": 1,
        },
      ],
      "type": "counter",
    }
  `);
  const durations = of('hyperv_kvp_transaction_duration_seconds');
  expect(durations?.samples[0]?.buckets?.at(-1)).toEqual({ le: '+Inf', count: 1 });
  expect(masked(durations)).toMatchInlineSnapshot(`
    {
      "help": "From request to reply.",
      "name": "hyperv_kvp_transaction_duration_seconds",
      "samples": [
        {
          "buckets": "<buckets>",
          "count": 1,
          "labels": {
            "operation": "get",
          },
          "sum": "<sum>",
        },
      ],
      "type": "histogram",
    }
  `);
});

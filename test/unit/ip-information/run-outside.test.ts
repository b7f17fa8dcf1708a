import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { runOutside } from '../../../src/ip-information/run-outside.ts';
import type { Machine } from '../../../src/platform/machine.ts';
import type { CommandResult } from '../../../src/platform/run-command.ts';
import { needs, root } from '../../support/needs.ts';
import { fakeMachine } from '../platform/fake-machine.ts';

/** A machine whose every command ends so, and writes this where its standard error was told to go. */
function machineThatRuns(result: CommandResult, said = '') {
  const calls: { readonly line: string; readonly timeoutMs: number | undefined }[] = [];
  let errorFile = '';
  const machine: Machine = {
    ...fakeMachine({}),
    run(program, args, options) {
      calls.push({ line: [program, ...args].join(' '), timeoutMs: options?.timeoutMs });
      errorFile = /StandardError=file:(\S+)/.exec(args.join(' '))?.[1] ?? '';
      if (said !== '') writeFileSync(errorFile, said);
      return Promise.resolve(result);
    },
  };
  return { machine, calls, folder: () => dirname(errorFile) };
}

const done = { status: 0, output: '', errors: '' };
const broken = { status: 5, output: '', errors: 'Job for run-u5.service failed.\n' };

it('runs a command as it is where nothing confines us', async () => {
  const { machine, calls } = machineThatRuns(done);
  expect(await runOutside('ifup', ['eth0'], 700, machine, false)).toEqual(done);
  expect(calls).toEqual([{ line: 'ifup eth0', timeoutMs: 700 }]);
});

it('runs a command of a confined helper as a service of its own, which what it starts may outlive', async () => {
  needs(root);
  const { machine, calls, folder } = machineThatRuns(done);
  expect(await runOutside('ifup', ['eth0=office'], 1700, machine, true)).toMatchObject({ status: 0, errors: '' });
  expect(calls[0]?.line).toMatch(
    /^systemd-run .*--service-type=oneshot .*KillMode=process .*TimeoutStartSec=2 -- ifup eth0=office$/,
  );
  expect(calls[0]?.timeoutMs).toBeGreaterThan(1700);
  expect(existsSync(folder())).toBe(false);
});

it('tells what the command said, or else what systemd said, of a failure', async () => {
  needs(root);
  const said = machineThatRuns(broken, 'RTNETLINK answers: File exists\n');
  expect(await runOutside('ifup', ['eth0'], 700, said.machine, true)).toMatchObject({
    status: 5,
    errors: 'RTNETLINK answers: File exists\n',
  });
  expect(await runOutside('ifup', ['eth0'], 700, machineThatRuns(broken).machine, true)).toEqual(broken);
});

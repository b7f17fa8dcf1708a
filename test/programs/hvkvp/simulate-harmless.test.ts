import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hvkvp, hvkvpProgram } from '../../support/hvkvp.ts';

describe('hvkvp simulate', () => {
  it.each([
    { options: [], mode: 'dry-run' },
    { options: ['--real-addresses'], mode: 'apply' },
  ])(
    'leaves this machine’s configuration, user and addresses alone, unless the options say otherwise: $options',
    async ({ options, mode }) => {
      const simulation = spawn(process.execPath, [hvkvpProgram, 'simulate', '--json', ...options]);
      onTestFinished(() => {
        simulation.kill();
      });
      const lines = createInterface(simulation.stdout)[Symbol.asyncIterator]();
      const told = async (type: string): Promise<Record<string, string>> => {
        for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
          const line = JSON.parse(next.value) as Record<string, string>;
          if (line['type'] === type) return line;
        }
        throw new Error(`it has not told of a ${type}`);
      };
      const { pools = '', control_socket: socket = '', configuration = '' } = await told('guest');
      const status = hvkvp(['status', '--json', '--socket', socket]);
      expect(JSON.parse(status.stdout)).toMatchObject({
        ipInjection: { mode },
        privileges: { uid: process.geteuid?.(), helper: 'none' },
      });
      expect(readFileSync(configuration, 'utf8')).toContain(`mode = "${mode}"`);
      simulation.stdin.write('set 1 key value\n');
      await told('outcome');
      expect(hvkvp(['get', 'key', '--pool-dir', pools]).stdout).toBe('value\n');
    },
  );
});

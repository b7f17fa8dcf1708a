// program.ts --daemon PATH [--seconds COUNT] [--transactions COUNT] [--seed COUNT] [--platform linux|freebsd]: soaks a simulated guest;
// status 0 if every answer was as it must be.
import { parseArgs } from 'node:util';
import { soakGuest } from './soak-guest.ts';

const { values } = parseArgs({
  options: {
    daemon: { type: 'string', default: '' },
    seconds: { type: 'string', default: 'Infinity' },
    transactions: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now()) },
    platform: { type: 'string', default: 'linux' },
  },
});
const millisecondsPerSecond = 1000;
process.exitCode = await soakGuest(
  { system: values.platform === 'freebsd' ? 'freebsd' : 'linux', daemon: values.daemon, poolDirectory: undefined },
  {
    length: { milliseconds: Number(values.seconds) * millisecondsPerSecond, transactions: Number(values.transactions) },
    seed: Number(values.seed),
    print: (line) => {
      console.log(line);
    },
  },
);

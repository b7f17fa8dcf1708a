import { parseArgs } from 'node:util';
import { install } from '../guest/machine/packages.ts';
import { configurations } from './checks/configurations.ts';
import { mishaps } from './checks/mishaps.ts';
import { runChecks } from './checks/run-checks.ts';
import { debianTree } from './environment/tree.ts';
import { machineNetwork } from './machine-network.ts';
import { ifupdown } from './stacks/ifupdown.ts';
import { netplan } from './stacks/netplan.ts';
import { networkManager } from './stacks/network-manager.ts';
import { networkd } from './stacks/networkd.ts';
import { siteScript } from './stacks/script.ts';

// npm run test:network [-- --stack NAME] [--check WORDS]
const { values } = parseArgs({
  options: {
    /** Only the stack of this name. */
    stack: { type: 'string' },
    /** Only the checks whose sentence has these words. */
    check: { type: 'string', default: '' },
  },
});

const stacks = [networkManager, networkd, netplan, ifupdown, siteScript].filter(
  ({ name }) => name === (values.stack ?? name),
);
const checks = [...configurations(), ...mishaps()].filter(([sentence]) => sentence.includes(values.check));

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort();
  });
}

process.exitCode = process.getuid?.() === 0 ? await main() : refuse();

function refuse(): number {
  console.log('a guest in namespaces takes root: run this as root');
  return 1;
}

async function main(): Promise<number> {
  await install(['iproute2', 'util-linux']);
  const tree = await debianTree();
  const before = await machineNetwork();
  let passed = 0;
  let failed = 0;
  for (const stack of stacks) {
    const tally = await runChecks(stack, tree, checks, interrupted.signal);
    passed += tally.passed;
    failed += tally.failed;
  }

  const isUntouched = (await machineNetwork()) === before;
  console.log(`${isUntouched ? 'ok    ' : 'FAILED'}          this machine's own addresses and routes are as before`);
  if (isUntouched) passed += 1;
  else failed += 1;
  console.log(`\n${passed} passed, ${failed} failed${interrupted.signal.aborted ? ', interrupted' : ''}`);
  return failed === 0 && !interrupted.signal.aborted ? 0 : 1;
}

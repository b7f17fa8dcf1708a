import assert from 'node:assert/strict';
import type { Version } from '../../../../src/simulator/host-packet.ts';
import type { HostLab } from './lab.ts';

export async function checkNegotiation(lab: HostLab): Promise<void> {
  const { host } = lab;

  await lab.check('a host that offers no version the driver knows gets none', async () => {
    const offered = { frameworks: versions(9), messages: versions(9) };
    await assert.rejects(host.negotiate(offered), /none of the versions offered/);
  });

  await lab.check(
    'framework 3.0 and messages 4.0 are the newest that the driver and a host of today share',
    async () => {
      const offered = { frameworks: versions(1, 3), messages: versions(1, 3, 4, 5) };
      assert.deepEqual(await host.negotiate(offered), {
        framework: { major: 3, minor: 0 },
        message: { major: 4, minor: 0 },
      });
    },
  );
}

function versions(...majors: readonly number[]): Version[] {
  return majors.map((major) => ({ major, minor: 0 }));
}

import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../../../src/ip-information/owner.ts';
import { platform } from '../../../../src/platform/platform.ts';
import { fakeMachine } from '../fake-machine.ts';
import { ifconfigOf } from './recorded.ts';

/** Documented: what ifconfig(8) prints of lagg(4) and if_bridge(4). */
const ifconfig = `${ifconfigOf(['hn0', '00:15:5d:01:02:0a'], ['hn1', '00:15:5d:01:02:0b'], ['hn2', '00:15:5d:01:02:0c'])}\
lagg0: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
\tether 00:15:5d:01:02:0a
\tlaggproto failover lagghash l2,l3,l4
\tlaggport: hn0 flags=5<MASTER,ACTIVE>
\tgroups: lagg
\tstatus: active
bridge0: flags=1008802<BROADCAST,SIMPLEX,MULTICAST> metric 0 mtu 1500
\tether 58:9c:fc:10:ff:00
\tid 00:00:00:00:00:00 priority 32768 hellotime 2 fwddelay 15
\tmember: hn1 flags=143<LEARNING,DISCOVER,AUTOEDGE,AUTOPTP>
\tgroups: bridge
`;

describe('the links of FreeBSD', () => {
  it('are ports of a lagg or a bridge, which has the addresses', async () => {
    const freebsd = platform('freebsd', fakeMachine({ commands: { 'ifconfig -a': ifconfig } }));
    const [adapters, network] = [await freebsd.readAdapters(), await freebsd.readNetwork()];
    const owners = ['hn0', 'hn1', 'hn2'].map((name) => {
      const adapter = adapters.find((each) => each.name === name);
      const owner = adapter && ownerOf(adapter, adapters, network);
      return owner !== undefined && 'owner' in owner ? owner.owner.name : owner;
    });
    expect(owners).toEqual(['lagg0', 'bridge0', 'hn2']);
  });

  it('tell whether they are switched on and connected', async () => {
    const { links } = await platform(
      'freebsd',
      fakeMachine({ commands: { 'ifconfig -a': ifconfig.replaceAll('status: active', 'status: no carrier') } }),
    ).readNetwork();
    expect(links.find(({ name }) => name === 'lagg0')).toMatchObject({ kind: 'bond', isUp: true, hasCarrier: false });
    expect(links.find(({ name }) => name === 'bridge0')).toMatchObject({ kind: 'bridge', isUp: false });
  });
});

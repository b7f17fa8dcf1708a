import { describe, expect, it } from 'vitest';
import { ifcfg } from '../../../../src/ip-information/backends/ifcfg/ifcfg.ts';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { changes } from '../support/plans.ts';
import { eth0, proposalOf } from '../support/proposals.ts';

const folder = '/etc/sysconfig/network-scripts';
const scripts = { [`${folder}/network-functions`]: '', '/var/lock/subsys/network': '' };
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

async function planned(files: Readonly<Record<string, string>>, differences = {}) {
  const plan = await ifcfg.plan(
    proposalOf({ ...request, ...differences }),
    fakeMachine({ files: { ...scripts, ...files } }),
  );
  if ('impossible' in plan) throw new Error(plan.impossible);
  return plan;
}

async function changed(text: string, differences = {}, file = 'ifcfg-eth0') {
  const { files } = await planned({ [`${folder}/${file}`]: text }, differences);
  return changes(text, files[0]?.text ?? text);
}

describe("a file of Red Hat's scripts", () => {
  it('keeps all that is not an address, its quotes and its bytes (rule 3)', async () => {
    const text = `# B\xfcro
DEVICE="eth0"
ONBOOT=yes
BOOTPROTO='static'
IPADDR="192.168.1.4" # front
NETMASK=255.255.0.0
GATEWAY=192.168.1.1
BROADCAST=192.168.255.255
MTU=1400
ZONE=internal
ETHTOOL_OPTS="-K eth0 tso off"
DEFROUTE=no
IPV6ADDR=2001:db8::4/64
`;
    expect(await changed(text)).toEqual({
      gone: ['IPADDR="192.168.1.4" # front', 'NETMASK=255.255.0.0', 'GATEWAY=192.168.1.1', 'BROADCAST=192.168.255.255'],
      come: ['IPADDR="10.0.0.4" # front', 'NETMASK=255.255.255.0', 'GATEWAY=10.0.0.1'],
    });
  });

  it('keeps IPv4 in a request for IPv6 (rule 1)', async () => {
    const differences = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::5', subnets: '64', gateways: '' };
    expect(
      await changed(
        'DEVICE=eth0\nONBOOT=yes\nBOOTPROTO=dhcp\nIPV6ADDR=2001:db8::4/64\nIPV6_AUTOCONF=yes\n',
        differences,
      ),
    ).toEqual({
      gone: ['IPV6ADDR=2001:db8::4/64'],
      come: ['IPV6ADDR=2001:db8::5/64', 'IPV6INIT=yes'],
    });
  });

  it('is found by the MAC address, whatever it is called, and its name is what ifup is given (rule 11)', async () => {
    const plan = await planned({
      [`${folder}/ifcfg-eth0`]: 'DEVICE=eth0\nHWADDR=00:15:5d:01:02:0b\nBOOTPROTO=dhcp\n',
      [`${folder}/ifcfg-lan`]: 'HWADDR=00:15:5D:01:02:0A\nBOOTPROTO=dhcp\nONBOOT=yes\n',
      [`${folder}/ifcfg-lan.bak`]: 'HWADDR=00:15:5D:01:02:0A\nBOOTPROTO=none\n',
    });
    expect(plan.files.map(({ path }) => path)).toEqual([`${folder}/ifcfg-lan`]);
    expect(plan.commands).toEqual([{ program: 'ifup', args: ['lan'] }]);
  });

  it('follows the adapter whose MAC address a failover has changed, without which the scripts leave it out (rule 12)', async () => {
    const { come } = await changed('DEVICE=eth0\nHWADDR=00:15:5d:99:99:99\nONBOOT=yes\nBOOTPROTO=none\n');
    expect(come).toContain('HWADDR=00:15:5D:01:02:0A');
  });

  it('has its aliases switched off, which would come back with it (rule 12)', async () => {
    const { files } = await planned({
      [`${folder}/ifcfg-eth0`]: 'DEVICE=eth0\nBOOTPROTO=none\n',
      [`${folder}/ifcfg-eth0:1`]: 'DEVICE=eth0:1\nIPADDR=192.168.1.5\n',
      [`${folder}/ifcfg-eth0-range0`]: 'IPADDR_START=192.168.1.10\nIPADDR_END=192.168.1.20\n',
    });
    expect(Object.fromEntries(files.slice(1).map(({ path, text }) => [path, text]))).toEqual({
      [`${folder}/ifcfg-eth0:1`]: 'DEVICE=eth0:1\nIPADDR=192.168.1.5\nONPARENT=no\nONBOOT=no\n',
      [`${folder}/ifcfg-eth0-range0`]: null,
    });
  });

  it('has its ports and VLANs brought up again, which go with it (rule 3)', async () => {
    const files = {
      [`${folder}/ifcfg-eth0`]: 'DEVICE=eth0\n',
      [`${folder}/ifcfg-eth0.5`]: 'DEVICE=eth0.5\nVLAN=yes\n',
      [`${folder}/ifcfg-eth0.6`]: 'DEVICE=eth0.6\nVLAN=yes\n',
      [`${folder}/ifcfg-eth7`]: 'DEVICE=eth7\nBRIDGE=eth0\n',
      '/sys/class/net/eth0.5/ifindex': '5\n',
      '/sys/class/net/eth7/ifindex': '7\n',
    };
    expect((await planned(files)).commands.map(({ args }) => args)).toEqual([['eth0'], ['eth0.5'], ['eth7']]);
  });

  it('is left to NetworkManager where that runs, unless the file says otherwise (rule 6)', async () => {
    const manages = async (text: string, process: string) =>
      await ifcfg.manages(
        fakeMachine({ files: { ...scripts, '/proc/7/comm': process, [`${folder}/ifcfg-eth0`]: text } }),
        eth0,
      );
    expect(await manages('DEVICE=eth0\n', 'NetworkManager\n')).toBe(false);
    expect(await manages('DEVICE=eth0\nNM_CONTROLLED=no\n', 'NetworkManager\n')).toBe(true);
    expect(await manages('DEVICE=eth0\n', 'other\n')).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withIpSettings } from '../../../../src/ip-information/backends/network-manager/ip-settings.ts';
import { newProfile, profileUuid } from '../../../../src/ip-information/backends/network-manager/own-profile.ts';
import { backEndsOf } from '../../../../src/ip-information/backends/all.ts';
import { ifupdown } from '../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import { script } from '../../../../src/ip-information/backends/script.ts';
import { propose } from '../../../../src/ip-information/propose.ts';
import { parseSections } from '../../../../src/platform/sections.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { networkManagerMachine } from '../support/network-manager-machine.ts';
import { eth0, proposalOf, request, requests } from '../support/proposals.ts';

it('joins the lists of a keyfile with ";", where the stock daemon has "," that NetworkManager does not take', () => {
  const keyfile = withIpSettings(newProfile(eth0), proposalOf(requests['static-ipv4']));
  const settings = parseSections(typeof keyfile === 'string' ? keyfile : '');
  expect(settings.get('ipv4.dns')).toBe('10.0.0.2;10.0.0.3;');
});

it('gives an adapter the same profile for ever, and each its own', () => {
  expect(profileUuid('eth0')).toBe('8da1f8f6-cfce-5887-8f21-69666675cb12');
  expect(profileUuid('eth1')).not.toBe(profileUuid('eth0'));
});

it('makes secrets of a profile readable for root only, without which NetworkManager refuses it', async () => {
  const plan = await networkManager.plan(proposalOf({}), networkManagerMachine({}));
  expect(plan).toMatchObject({ files: [{ mode: 0o600 }] });
});

it('leaves the stanzas of eth10 alone when it sets eth1', async () => {
  const interfaces = 'auto eth10\niface eth10 inet dhcp\n';
  const machine = fakeMachine({ files: { '/etc/network/interfaces': interfaces } });
  const plan = await ifupdown.plan(proposalOf({}, { ...eth0, name: 'eth1' }), machine);
  if ('impossible' in plan) throw new Error(plan.impossible);
  expect(plan.files[0]?.text?.startsWith(interfaces)).toBe(true);
});

it('sets what ifupdown has set before anew, not twice', async () => {
  const state = { '/run/network/ifstate': 'eth0=eth0\n' };
  const first = await ifupdown.plan(proposalOf(requests['two-of-each']), fakeMachine({ files: state }));
  if ('impossible' in first) throw new Error(first.impossible);
  const files = { ...state, ...Object.fromEntries(first.files.map(({ path, text }) => [path, text ?? ''])) };
  const second = await ifupdown.plan(proposalOf(requests['two-of-each']), fakeMachine({ files }));
  expect('files' in second && second.files).toEqual([]);
});

describe('text of the host', () => {
  const words = fc.constantFrom(
    '$(reboot)',
    '`reboot`',
    ';',
    '\n',
    "'",
    '"',
    '10.0.0.4',
    '24',
    '\\',
    '|',
    '[Match]',
    ' ',
  );

  it('never reaches a command or a file as it came, as it reaches the shell of the stock daemon', async () => {
    const text = fc.array(words).map((parts) => parts.join(''));
    const machine = fakeMachine({});
    const backEnds = backEndsOf('linux', { script: '/sbin/script', scriptArguments: 'both' });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (addresses, gateways, dnsServers) => {
        const subnets = addresses.replaceAll('10.0.0.4', '24');
        const proposed = propose(request({ addresses, subnets, gateways, dnsServers }), [eth0], 'linux');
        if ('refusal' in proposed) return;
        for (const backEnd of backEnds) {
          expect(JSON.stringify(await backEnd.plan(proposed.proposal, machine))).not.toContain('reboot');
        }
      }),
    );
  });
});

it('has a site’s script undo a change with the files of the one before, if there was one', async () => {
  const backEnd = script({ script: '/sbin/script', scriptArguments: 'ifcfg' });
  const command = { program: '/sbin/script', args: ['/var/lib/hyperv/ifcfg-eth0'] };
  const first = await backEnd.plan(proposalOf({}), fakeMachine({}));
  expect(first).toMatchObject({ commands: [command], undo: { commands: [] } });
  const later = await backEnd.plan(proposalOf({}), fakeMachine({ files: { '/var/lib/hyperv/ifcfg-eth0': '' } }));
  expect(later).toMatchObject({ commands: [command], undo: { commands: [command] } });
});

import type { BackEnd, Plan } from '../../../../src/ip-information/plan.ts';
import type { IpValue } from '../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { eth0, proposalOf } from './proposals.ts';

/** A machine of which systemd-networkd says that it applies a .network file to eth0. */
export function networkdHas(networkFile: string | undefined): Readonly<Record<string, string>> {
  return {
    '/proc/77/comm': 'systemd-network\n',
    '/sys/class/net/eth0/ifindex': '2\n',
    '/run/systemd/netif/links/2':
      networkFile === undefined ? 'ADMIN_STATE=unmanaged\n' : `ADMIN_STATE=configured\nNETWORK_FILE=${networkFile}\n`,
  };
}

/** The plan of a back end on a machine that has these files. */
export async function planOf(
  backEnd: BackEnd,
  files: Readonly<Record<string, string>>,
  request: Partial<IpValue>,
  commands: Readonly<Record<string, string>> = {},
): Promise<Plan> {
  const plan = await backEnd.plan(proposalOf(request, eth0), fakeMachine({ files, commands }));
  if ('impossible' in plan) throw new Error(plan.impossible);
  return plan;
}

/** The texts of a plan's files by path. */
export function filesOf({ files }: Plan): Readonly<Record<string, string | null | undefined>> {
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

/** The lines that one text has and the other, of one byte a character, has not. */
export function changes(former: string, next: string | null | undefined): { gone: string[]; come: string[] } {
  const [before, after] = [
    former.split('\n'),
    Buffer.from(next ?? '', 'latin1')
      .toString()
      .split('\n'),
  ];
  return {
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  };
}

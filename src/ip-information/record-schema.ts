import * as v from 'valibot';
import type { SavedFile } from './files.ts';
import type { PastChange } from './history.ts';
import type { Plan } from './plan.ts';
import type { ChangeRecord } from './record.ts';
import type { AdapterState } from './state.ts';

/** What the record of a change may bring back and run: a closed set. */
export interface Trusted {
  readonly isProgram: (program: string) => boolean;
  readonly isPlace: (path: string) => boolean;
}

/** The programs of the back ends. */
const programs: readonly string[] = [
  ...['ifup', 'ifdown', 'ip', 'netplan', 'networkctl', 'nmcli', 'wicked', 'dhcpcd', 'resolvconf', 'systemctl'],
  ...['sysrc', 'service', 'ifconfig', 'route', 'rtsold', 'dhclient'],
];

/** Where configuration of a network lies; that of other things is not ours to bring back. */
const places: readonly RegExp[] = [
  /^\/(etc|run|usr\/lib|lib)\/(netplan|network|systemd\/network|NetworkManager)\//,
  /^\/etc\/(sysconfig|wicked|dhcp|dhcpcd|resolvconf|rc\.conf\.d|[^/]*net[^/]*)\//,
  /^\/etc\/(resolv|dhcpcd|resolvconf|rc)\.conf(\.local)?$/,
  /^\/(usr\/local\/etc\/rc\.conf\.d|var\/lib\/hyperv)\//,
];

/** What the back ends use, and the site's script. */
export function trustedWith(script: string): Trusted {
  return {
    isProgram: (program) => programs.includes(program) || program === script,
    isPlace: (path) => places.some((place) => place.test(path)) && !/\/\.\.(\/|$)|\0/.test(path),
  };
}

/** The record of a change, as far as its content is trusted. */
export function recordSchema(trusted: Trusted): v.GenericSchema<unknown, ChangeRecord> {
  return v.strictObject({
    adapter: v.string(),
    backEnd: v.string(),
    saved: v.array(savedSchema(trusted)),
    former: stateSchema,
    undo: undoSchema(trusted),
  });
}

/** The same for a change that was made. */
export function pastChangeSchema(trusted: Trusted): v.GenericSchema<unknown, PastChange> {
  const text = v.string();
  return v.strictObject({
    ...{ at: text, adapter: text, backEnd: text, from: text, to: text, former: stateSchema },
    files: v.array(v.pipe(text, v.check(trusted.isPlace))),
    undo: undoSchema(trusted),
    reverted: v.exactOptional(text),
  });
}

function undoSchema({ isProgram }: Trusted): v.GenericSchema<unknown, Plan['undo']> {
  const command = v.strictObject({
    program: v.pipe(v.string(), v.check(isProgram)),
    args: v.array(v.string()),
    judgedBy: v.exactOptional(v.picklist(['status', 'errors', 'nothing'])),
    writes: v.exactOptional(v.literal(true)),
  });
  return v.strictObject({ before: v.array(command), commands: v.array(command) });
}

const texts = v.array(v.string());
const stateSchema: v.GenericSchema<unknown, AdapterState> = v.pipe(
  v.strictObject({
    dhcp: v.exactOptional(v.boolean()),
    addresses: v.array(
      v.strictObject({
        family: v.picklist(['ipv4', 'ipv6']),
        cidr: v.string(),
        isDynamic: v.boolean(),
        isDuplicate: v.boolean(),
        isTentative: v.exactOptional(v.literal(true)),
      }),
    ),
    gateways: texts,
    dnsServers: texts,
    isUp: v.boolean(),
    isDisconnected: v.boolean(),
  }),
  // JSON leaves out what is undefined.
  v.transform(({ dhcp, ...rest }) => ({ dhcp, ...rest })),
);

/** The same for a file that was saved. */
export function savedSchema({ isPlace }: Trusted): v.GenericSchema<unknown, SavedFile> {
  const former = v.strictObject({
    bytes: v.string(),
    mode: v.number(),
    owner: v.exactOptional(v.number()),
    group: v.exactOptional(v.number()),
  });
  return v.strictObject({
    path: v.pipe(v.string(), v.check(isPlace)),
    former: v.nullable(former),
    digest: v.nullable(v.string()),
  });
}

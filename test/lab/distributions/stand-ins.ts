import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of a distribution with RPM, as far as ours has to do with it. */
export interface StandIn {
  readonly name: string;
  readonly epoch?: number;
  readonly version: string;
  readonly provides?: readonly string[];
  readonly requires?: readonly string[];
  /** Each file with what is in it; a folder if the path ends with "/". */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly scriptlets?: string;
}

/** What a package, by what it requires, needs of a system but Node. */
export function system(requires: readonly string[]): StandIn {
  const names = requires.filter((name) => name !== '' && !/^rpmlib|nodejs|^\/bin\/sh/.test(name));
  return { name: 'system', version: '1', provides: [...new Set(names), '/bin/sh'] };
}

/** Red Hat's: its epoch makes every version newer than one without. */
export function nodejs(version: string): StandIn {
  return { name: 'nodejs', epoch: 1, version, provides: [`nodejs(engine) = ${version}`] };
}

/** With scriptlets that do what those of Fedora's and Red Hat's do, started by udev as theirs is. */
export function hypervkvpd(version: string, daemon: string | Uint8Array = 'stock'): StandIn {
  const device = 'sys-devices-virtual-misc-vmbus\\x21hv_kvp.device';
  return {
    name: 'hypervkvpd',
    version,
    files: {
      '/usr/sbin/hv_kvp_daemon': daemon,
      '/usr/lib/systemd/system/hypervkvpd.service': `[Unit]
BindsTo=${device}
[Service]
ExecStart=/usr/sbin/hv_kvp_daemon -n
[Install]
WantedBy=multi-user.target
`,
      '/usr/lib/udev/rules.d/70-hypervkvp.rules': `KERNEL=="vmbus/hv_kvp", TAG+="systemd", ENV{SYSTEMD_WANTS}+="hypervkvpd.service"
`,
      '/usr/libexec/hypervkvpd/hv_get_dns_info': 'stock',
      '/usr/libexec/hypervkvpd/hv_get_dhcp_info': 'stock',
      '/usr/libexec/hypervkvpd/hv_set_ifconfig': 'stock',
      '/var/lib/hyperv/': '',
    },
    scriptlets: `%post
if [ $1 -gt 1 ]; then systemctl --no-reload disable hypervkvpd.service; fi
%preun
if [ $1 -eq 0 ]; then systemctl --no-reload disable --now hypervkvpd.service; fi
%postun
if [ "$1" -eq 0 ]; then rm -rf /var/lib/hyperv; fi
`,
  };
}

/** The other daemons, and what has them all come. */
export const others: readonly StandIn[] = [
  { name: 'hypervvssd', version: '6.10', files: { '/usr/sbin/hv_vss_daemon': 'stock' } },
  { name: 'hypervfcopyd', version: '6.10', files: { '/usr/sbin/hv_fcopy_uio_daemon': 'stock' } },
  {
    name: 'hyperv-daemons',
    version: '6.10',
    requires: ['hypervkvpd = 6.10-1', 'hypervvssd = 6.10-1', 'hypervfcopyd = 6.10-1'],
  },
];

/** Builds one; returns its file. */
export function buildStandIn(folder: string, standIn: StandIn): string {
  const { name, epoch, version, provides = [], requires = [], files = {}, scriptlets = '' } = standIn;
  const top = join(folder, `${name}-${version}`);
  for (const [path, text] of Object.entries(files)) {
    const place = join(top, 'files', path);
    mkdirSync(path.endsWith('/') ? place : join(place, '..'), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(place, text, { mode: 0o755 });
  }
  mkdirSync(join(top, 'files'), { recursive: true });
  const lines = [
    ...[`Name: ${name}`, `Version: ${version}`, 'Release: 1', 'Summary: Stand-in', 'License: MIT'],
    ...(epoch === undefined ? [] : [`Epoch: ${epoch}`]),
    ...provides.map((each) => `Provides: ${each}`),
    ...requires.map((each) => `Requires: ${each}`),
    ...['AutoReqProv: no', '%description', 'Stand-in.', '%install', `cp -a ${join(top, 'files')}/. %{buildroot}`],
    ...[scriptlets, '%files', ...Object.keys(files).map((path) => (path.endsWith('/') ? `%dir ${path}` : path))],
  ];
  const specification = join(top, 'spec');
  writeFileSync(specification, `${lines.join('\n')}\n`);
  const definitions = [
    ...[`_topdir ${top}`, `_rpmdir ${folder}`, '_rpmfilename %{NAME}-%{VERSION}.rpm'],
    // A program among the files stays as it is.
    ...['__os_install_post %{nil}', 'debug_package %{nil}', '_build_id_links none'],
  ];
  const words = definitions.flatMap((definition) => ['--define', definition]);
  execFileSync('rpmbuild', ['-bb', '--quiet', ...words, specification], { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(folder, `${name}-${version}.rpm`);
}

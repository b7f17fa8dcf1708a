import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const unit = '/usr/lib/systemd/system/hv-kvp-daemon.service';

/** Ubuntu's package with the unit and a program that runs the kernel's own one; with scripts that do what those of debhelper do. */
export function buildCommon(folder: string, version: string): string {
  const scripts = {
    postinst: `#!/bin/sh
set -e
if [ "$1" = configure ]; then
	deb-systemd-helper unmask hv-kvp-daemon.service >/dev/null || true
	if deb-systemd-helper --quiet was-enabled hv-kvp-daemon.service; then
		deb-systemd-helper enable hv-kvp-daemon.service >/dev/null || true
	else
		deb-systemd-helper update-state hv-kvp-daemon.service >/dev/null || true
	fi
	systemctl --system daemon-reload
	deb-systemd-invoke start hv-kvp-daemon.service || true
fi
`,
    prerm: `#!/bin/sh
set -e
deb-systemd-invoke stop hv-kvp-daemon.service || true
`,
    postrm: `#!/bin/sh
set -e
[ "$1" != purge ] || deb-systemd-helper purge hv-kvp-daemon.service >/dev/null || true
`,
  };
  const files = {
    [unit]: '[Unit]\nDescription=stock\n[Service]\nExecStart=/usr/sbin/hv_kvp_daemon -n\n',
    '/usr/sbin/hv_kvp_daemon': '#!/bin/sh\nexec "/usr/lib/linux-tools/$(uname -r)/hv_kvp_daemon" "$@"\n',
    '/usr/sbin/hv_vss_daemon': `stock ${version}`,
    '/usr/sbin/hv_get_dns_info': 'stock',
  };
  return buildDeb(folder, 'linux-cloud-tools-common', version, files, scripts);
}

/** The package of one kernel. */
export function buildForKernel(folder: string, release: string): string {
  const files = { [`/usr/lib/linux-tools/${release}/hv_kvp_daemon`]: `stock of ${release}` };
  return buildDeb(folder, `linux-cloud-tools-${release}`, release.replace(/-generic$/, ''), files, {});
}

function buildDeb(
  folder: string,
  name: string,
  version: string,
  files: Readonly<Record<string, string>>,
  scripts: Readonly<Record<string, string>>,
): string {
  const tree = join(folder, `${name}-${version}`);
  const write = (path: string, text: string, mode: number): void => {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    writeFileSync(join(tree, path), text, { mode });
  };
  const programMode = 0o755;
  for (const [path, text] of Object.entries(files)) write(path, text, programMode);
  for (const [script, text] of Object.entries(scripts)) write(join('DEBIAN', script), text, programMode);
  const fields = [`Package: ${name}`, `Version: ${version}`, 'Architecture: all', 'Maintainer: lab <lab@example.test>'];
  write('DEBIAN/control', `${[...fields, 'Description: stand-in'].join('\n')}\n`, programMode);
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, `${tree}.deb`], { stdio: 'ignore' });
  return `${tree}.deb`;
}

import { parseArgs } from 'node:util';
import { bootSystem } from '../guest/machine/boot-system.ts';
import { install } from '../guest/machine/packages.ts';
import { makeImage } from './system/image.ts';
import { releases } from './system/release.ts';

const { values } = parseArgs({
  options: {
    exec: { type: 'string', default: 'true' },
    release: { type: 'string', default: 'trixie' },
    elsewhere: { type: 'boolean', default: false },
    package: { type: 'string', multiple: true, default: [] },
  },
});
await install(['debootstrap', 'e2fsprogs', 'util-linux']);
const release = releases.find(({ codename }) => codename === values.release) ?? releases[0];
if (release === undefined) throw new Error();
const image = await makeImage(release, 'try', values.package);
process.exitCode = await bootSystem(values.exec, { image, isHyperV: !values.elsewhere, output: process.stdout });

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, cachePath } from './cache.ts';
import { availablePackages, install, refreshLists, unpack } from './packages.ts';
import { run } from './program.ts';

/** Debian's kernel, unpacked; its headers are installed. */
export interface Kernel {
  /** As in `uname -r`. */
  readonly release: string;
  /** A root for `modprobe -d`. */
  readonly root: string;
  /** What QEMU boots. */
  readonly image: string;
}

/** The newest kernel of a series ("6.1") of which Debian has both an image and headers. */
export async function kernelOf(series: string): Promise<Kernel> {
  let release = await newestRelease(series);
  if (release === undefined || !existsSync(cachePath(imagePackage(release)))) {
    await refreshLists();
    release = await newestRelease(series);
  }
  if (release === undefined) throw new Error(`the package lists of this machine have no Linux ${series} for amd64`);

  await install([headersPackage(release)]);
  return unpacked(release);
}

async function newestRelease(series: string): Promise<string | undefined> {
  const headers = await availablePackages(headersPackage(`${series}.`));
  const releases = [];
  for (const name of await availablePackages(imagePackage(`${series}.`))) {
    const release = generalRelease.exec(name)?.groups?.['release'];
    if (release !== undefined && headers.has(headersPackage(release))) releases.push(release);
  }
  return releases.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

/** Like 6.1.0-56-amd64 and 6.12.117+deb12-amd64; not -cloud-amd64, -rt-amd64, -amd64-unsigned. */
const generalRelease = /^linux-image-(?<release>\d+\.\d+\.[\d+.~]+(?:deb\d+)?(?:-\d+)?-amd64)$/;

function imagePackage(release: string): string {
  return `linux-image-${release}`;
}

function headersPackage(release: string): string {
  return `linux-headers-${release}`;
}

async function unpacked(release: string): Promise<Kernel> {
  const root = await cached(imagePackage(release), async (folder) => {
    await unpack(imagePackage(release), folder);
    // The driver is loaded by force, which the signature of a packed module does not stand.
    await run('find', [join(folder, 'lib/modules'), '-name', '*.ko.xz', '-exec', 'xz', '--decompress', '{}', '+']);
    await run('depmod', ['-b', folder, release]);
    await extractKernel(join(folder, 'boot', `vmlinuz-${release}`), join(folder, image));
  });
  return { release, root, image: join(root, image) };
}

const image = 'boot/kernel';

/**
 * Writes the ELF kernel that a bzImage carries, since unpacking itself takes the emulated processor 6 s. One that is
 * not packed by xz is left to do so. The header's fields are described in the kernel's `Documentation/x86/boot.rst`.
 */
async function extractKernel(bzImage: string, target: string): Promise<void> {
  const bytes = await readFile(bzImage);
  const start = (bytes.readUInt8(setupSectors) + 1) * sectorSize + bytes.readUInt32LE(payloadOffset);
  const payload = bytes.subarray(start, start + bytes.readUInt32LE(payloadLength));
  if (!payload.subarray(0, xzMagic.length).equals(xzMagic)) {
    await writeFile(target, bytes);
    return;
  }

  const packed = `${target}.xz`;
  await writeFile(packed, payload);
  await run('xz', ['--decompress', '--single-stream', packed]);
}

const setupSectors = 0x1f1;
const payloadOffset = 0x248;
const payloadLength = 0x24c;
const sectorSize = 512;
const xzMagic = Buffer.from('\xfd7zXZ\0', 'latin1');

// A daemon of ours that is killed in the middle of an append: cut-change.mjs DIRECTORY STATE_DIRECTORY POOL BYTES
const [directory = '', stateDirectory = '', pool = '', bytes = ''] = process.argv.slice(2);
const built = new URL('../../../../dist/pools/', import.meta.url);
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { openPools } = /** @type {typeof import('../../../../src/pools/pools.ts')} */ (
  await import(new URL('pools.js', built).href)
);
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- as above.
const { systemDisk } = /** @type {typeof import('../../../../src/pools/disk.ts')} */ (
  await import(new URL('disk.js', built).href)
);

const pools = openPools({
  directory,
  stateDirectory,
  fileMode: 0o644,
  durability: 'disk',
  lockTimeoutMs: 2000,
  warn: console.error,
  disk: () => ({
    ...systemDisk,
    write(fd, given, position) {
      if (position !== 'end') return systemDisk.write(fd, given, position);
      const written = systemDisk.write(fd, given.subarray(0, Number(bytes)), position);
      process.kill(process.pid, 'SIGKILL');
      return written;
    },
  }),
});
/** @type {unknown} */
const number = Number(pool);
await pools
  .at(/** @type {import('../../../../src/message/pool.ts').PoolNumber} */ (number))
  .append(Buffer.from('cut'), Buffer.from('off'));

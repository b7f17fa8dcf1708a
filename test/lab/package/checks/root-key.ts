import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { eventually } from '../../guest/checks/eventually.ts';

const key = 'key-of-root';
const starter = '/root/start.pl';
/** keyctl(2) and add_key(2) of x86-64: a new keyring of the session (-3), and a key in it. */
const source = `my ($type, $name, $value) = ('user', '${key}', 'secret');
syscall(250, 1, 0) > 0 && syscall(248, $type, $name, $value, length $value, -3) > 0 or die "no keyring: $!";
exec @ARGV;
`;

/** Shell that starts a program with a key of root's in its session, and before it says how many such keys there are. */
export async function withRootKey(program: string): Promise<string> {
  await writeFile(starter, source);
  return `perl ${starter} sh -c "grep -c ${key} /proc/keys; exec ${program}"`;
}

/** No process has taken the key along: a key that nobody can reach is gone. */
export async function assertRootKeyIsGone(): Promise<void> {
  await eventually(async () => {
    assert.doesNotMatch(await readFile('/proc/keys', 'utf8'), new RegExp(key));
  });
}

import { setFlagsFromString } from 'node:v8';
import { native } from '../device/native.ts';

/** As late as V8's integer allows: 24 days. */
const neverMs = 0x7fff_ffff;

/**
 * Keeps memory small and the process asleep. Set here and not on a command line, so that it holds however the daemon was started.
 * V8 gives new objects ever more room under load, which it does not give back: a request's are dead as soon as it is answered.
 * Some time after its start it tidies up, for which it wakes up several threads. glibc keeps what V8's compiler has freed.
 */
export function stayAsSmallAsAtTheStart(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--gc-memory-reducer-start-delay-ms=${neverMs}`);
  native.giveBackFreedMemory();
}

import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from giving new objects ever more room under load, which it does not give back: a request's are dead as soon as it is
 * answered. Set here and not on a command line, so that it holds however the daemon was started.
 */
export function stayAsSmallAsAtTheStart(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

import type { Hash } from 'node:crypto';

/** Node's createHash(). Loaded with the first hash: an idle daemon needs no cryptography. */
export function newHash(algorithm: 'md5' | 'sha256'): Hash {
  return process.getBuiltinModule('node:crypto').createHash(algorithm);
}

// Imports would have Node 22 and later load all that node:util brings along, node:net among it.
const { getSystemErrorMap } = process.getBuiltinModule('node:util');
const { constants } = process.getBuiltinModule('node:os');

/** A failed system call, in the form that node:fs gives it. */
export interface SystemError extends Error {
  /** Such as "ENOENT". */
  readonly code: string;
  /** Negative, as in node:fs. */
  readonly errno: number;
  readonly syscall: string;
  readonly path?: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string';
}

/** Whether a call failed for want of rights, so that root could make it. */
export function isDenied(error: unknown): error is SystemError {
  return isSystemError(error) && ['EACCES', 'EPERM'].includes(error.code);
}

/** What a call returns; undefined if the system fails to do it: with one of these codes, or with any if none are named. */
export function unlessFails<T>(call: () => T, ...codes: readonly string[]): T | undefined {
  try {
    return call();
  } catch (error) {
    if (isSystemError(error) && (codes.length === 0 || codes.includes(error.code))) return undefined;
    throw error;
  }
}

/** Why the system could not do something, in words; "" if it did. */
export function troubleOf(call: () => void): string {
  try {
    call();
    return '';
  } catch (error) {
    if (isSystemError(error)) return error.message;
    throw error;
  }
}

/** What a call of the addon returns; the system error that it throws instead names a path. */
export function withPath<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw systemError(error, path);
  }
}

/** Gives an error of the addon its code, path and wording, and one of Node its code where it knows none; others come back as they are. */
export function systemError(cause: unknown, path?: string): unknown {
  const thrown = isSystemError(cause) && path !== undefined ? (cause.cause ?? cause) : cause;
  if (isOfAddon(thrown)) return ofAddon(thrown, path);
  return isSystemError(cause) ? named(cause) : cause;
}

/** As the addon throws it: a positive `errno`, and the system's words for it. */
interface AddonError extends Error {
  readonly errno: number;
  readonly syscall: string;
}

function isOfAddon(error: unknown): error is AddonError {
  return error instanceof Error && 'errno' in error && 'syscall' in error && !('code' in error);
}

function ofAddon(cause: AddonError, path: string | undefined): SystemError {
  const errno = -cause.errno;
  const { syscall } = cause;
  const [code, description] = getSystemErrorMap().get(errno) ?? [nameOf(errno), cause.message];
  const error = new Error(`${code}: ${description}, ${syscall}${path === undefined ? '' : ` '${path}'`}`, { cause });
  return Object.assign(error, path === undefined ? { code, errno, syscall } : { code, errno, syscall, path });
}

const unknownToNode = /^Unknown system error -\d+/;

/** What libuv has no name for, as EDQUOT, Node calls by its number. */
function named(cause: SystemError): SystemError {
  if (!unknownToNode.test(cause.code)) return cause;
  const code = nameOf(cause.errno);
  return Object.assign(new Error(cause.message.replace(unknownToNode, code), { cause }), cause, { code });
}

function nameOf(errno: number): string {
  return Object.entries(constants.errno).find(([, number]) => number === -errno)?.[0] ?? `errno ${-errno}`;
}

/** A failure that no system call reported, in the same form. */
export function makeSystemError(code: string, syscall: string, message: string, path?: string): SystemError {
  const error = asSystemError({ code, syscall, message: `${code}: ${message}, ${syscall}${path ? ` '${path}'` : ''}` });
  return path === undefined ? error : Object.assign(error, { path });
}

/** One of another process. */
export function asSystemError({
  code,
  syscall,
  message,
}: Pick<SystemError, 'code' | 'syscall' | 'message'>): SystemError {
  const errno = -(Object.entries(constants.errno).find(([name]) => name === code)?.[1] ?? 0);
  return Object.assign(new Error(message), { code, errno, syscall });
}

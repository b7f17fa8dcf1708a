// An import would have Node 22 and later load all that node:util brings along, node:net among it.
const { getSystemErrorMap } = process.getBuiltinModule('node:util');

/** A failed system call, told as node:fs tells it. */
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

/** Gives an error of the addon (positive `errno`, `syscall`) its code, path and wording; others come back as they are. */
export function systemError(cause: unknown, path?: string): unknown {
  if (isSystemError(cause) || !(cause instanceof Error && 'errno' in cause && 'syscall' in cause)) return cause;
  const errno = -Number(cause.errno);
  const [code, description] = getSystemErrorMap().get(errno) ?? ['UNKNOWN', cause.message];
  const syscall = String(cause.syscall);
  const error = new Error(`${code}: ${description}, ${syscall}${path === undefined ? '' : ` '${path}'`}`, { cause });
  return Object.assign(error, path === undefined ? { code, errno, syscall } : { code, errno, syscall, path });
}

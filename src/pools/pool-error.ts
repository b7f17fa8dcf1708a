import { isSystemError } from '../device/system-error.ts';

/** A failure of the system during what was attempted on a pool; anything else comes back as it is. */
export function poolError(attempt: string, cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  const { code, errno, syscall, path } = cause;
  const error = new Error(`cannot ${attempt}: ${cause.message}`, { cause });
  return Object.assign(error, path === undefined ? { code, errno, syscall } : { code, errno, syscall, path });
}

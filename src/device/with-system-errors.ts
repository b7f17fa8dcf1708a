import { systemError } from './system-error.ts';

type Call = (this: unknown, ...args: readonly unknown[]) => unknown;
type Class = new (...args: readonly unknown[]) => object;

/** The addon, by whichever of its functions and methods it throws what are system errors then. Its classes begin with a capital. */
export function withSystemErrors(addon: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(addon).map(([name, value]) => [name, guarded(name, value)]));
}

function guarded(name: string, value: unknown): unknown {
  if (typeof value !== 'function') return value;
  return /^[A-Z]/.test(name) ? guardedClass(value as Class) : guardedCall(value as Call);
}

function guardedCall(call: Call): Call {
  return function (this: unknown, ...args) {
    try {
      return Reflect.apply(call, this, args);
    } catch (error) {
      throw systemError(error);
    }
  };
}

/** Called with `new`, a function gives what it returns. */
function guardedClass(original: Class): Call {
  const methods = Object.entries(Object.getOwnPropertyDescriptors(original.prototype))
    .filter(([name, { value }]) => name !== 'constructor' && typeof value === 'function')
    .map(([name, { value }]) => [name, { value: guardedCall(value as Call) }] as const);
  const own = Object.fromEntries(methods);
  return guardedCall((...args) => Object.defineProperties(new original(...args), own));
}

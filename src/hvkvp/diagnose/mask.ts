/** Stands for what is left out. */
export const masked = '(masked)';

/** Shorter texts would be found in all that is harmless. */
const shortestText = 4;

/**
 * A text without what may be secret: keys and values of requests and replies, which the log has at "debug", and keys that a driver changes; what units hand on in the
 * environment; and given texts, wherever they are.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const cut = text
    .replaceAll(/(?<=^|[:>] ?)(request|reply): (\S+).*/gm, `$1: $2 ${masked}`)
    .replaceAll(/(?<=the host sees ).*(?= changed: )/g, masked)
    .replaceAll(/^(\s*(?:Pass|Set)?(?:Environment|Credential)\w*=).*/gm, `$1${masked}`);
  const known = secrets.filter(({ length }) => length >= shortestText);
  return known.reduce((rest, secret) => rest.replaceAll(secret, masked), cut);
}

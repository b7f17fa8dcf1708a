/** A configuration that cannot be used; the message has a line for each problem that names file, line and key. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

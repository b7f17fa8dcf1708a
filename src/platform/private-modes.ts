/** Of what we keep in the state directory: it is nobody else's business. */
export const privateModes = { folder: 0o700, file: 0o600 } as const;

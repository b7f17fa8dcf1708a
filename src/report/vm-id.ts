import type { SystemUuid } from '../platform/system-uuid.ts';

/** The groups of a UUID that a firmware of generation 1 has with their bytes in the other order. */
const swappedGroups = 3;
const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The virtual machine's identity as Azure knows it; "" if the firmware has none. Read as azure-init and cloud-init do. */
export function vmIdOf({ uuid, isUefi }: SystemUuid): string {
  if (isUefi || !uuidForm.test(uuid)) return uuid;
  return uuid
    .split('-')
    .map((group, at) => (at < swappedGroups ? Buffer.from(group, 'hex').reverse().toString('hex') : group))
    .join('-');
}

import type { Field } from './field.ts';

const u8 = 1;
const u32 = 4;
const keySize = 512;
const valueSize = 2048;
const adapterIdSize = 256;
const gatewaySize = 1024;

function keyAndValue(start: number) {
  const valueType = { offset: start, size: u32 };
  const keyBytes = after(valueType, u32);
  const valueBytes = after(keyBytes, u32);
  const key = after(valueBytes, keySize);
  const value = after(key, valueSize);
  return { valueType, keyBytes, valueBytes, key, value } as const;
}

function after(field: Field, size: number): Field {
  return { offset: field.offset + field.size, size };
}

const header = {
  /** Request only. */
  operation: { offset: 0, size: u8 },
  /** Request only. */
  pool: { offset: u8, size: u8 },
  /** Reply only, over the same bytes. */
  status: { offset: 0, size: u32 },
} as const;

const body = header.status.size;

const index = { offset: body, size: u32 } as const;
const deleteKeyBytes = { offset: body, size: u32 } as const;
const adapterId = { offset: body, size: adapterIdSize };
const addressFamily = after(adapterId, u8);
const dhcpEnabled = after(addressFamily, u8);
const addresses = after(dhcpEnabled, valueSize);
const subnets = after(addresses, valueSize);
const gateways = after(subnets, gatewaySize);
const dnsServers = after(gateways, valueSize);

/**
 * Every field of the kernel's `struct hv_kvp_msg`, the same on both systems; integers are little-endian.
 * The native addon exports the compiler's view of the struct, and a test compares the two.
 */
export const layout = {
  header,
  getOrSet: keyAndValue(body),
  enumerate: { index, ...keyAndValue(index.offset + index.size) },
  delete: { keyBytes: deleteKeyBytes, key: after(deleteKeyBytes, keySize) },
  register: { version: { offset: body, size: keySize } },
  ip: { adapterId, addressFamily, dhcpEnabled, addresses, subnets, gateways, dnsServers },
} as const;

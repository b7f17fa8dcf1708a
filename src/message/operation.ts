/** `enum hv_kvp_exchg_op`, and the two codes that register a daemon: FreeBSD's shares its number with GET_IP_INFO. */
export const OperationCode = {
  get: 0,
  set: 1,
  delete: 2,
  enumerate: 3,
  getIpInfo: 4,
  setIpInfo: 5,
  register: 4,
  register1: 100,
} as const;

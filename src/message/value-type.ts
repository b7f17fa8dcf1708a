/** Registry types of a value. Every driver hands integers to the daemon as decimal text and the type as 0. */
export const ValueType = {
  text: 1,
  u32: 4,
  u64: 8,
} as const;

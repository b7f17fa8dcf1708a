/** Far more than hosts and programs write; a removal then moves 51 MB at most. */
export const defaultMaxRecords = 20_000;

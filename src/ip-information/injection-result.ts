/**
 * What came of a host's request for addresses. "undone": it failed and the former state is back; "failed": the system failed
 * in a way that was not foreseen.
 */
export type InjectionResult = 'applied' | 'unchanged' | 'refused' | 'undone' | 'failed';

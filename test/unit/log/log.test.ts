import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Level } from '../../../src/log/level.ts';
import { createLog } from '../../../src/log/log.ts';

function recorder(level: Level = 'info') {
  const lines: string[] = [];
  const sink = (level: string, text: string): void => {
    lines.push(`${level}: ${text}`);
  };
  return { lines, log: createLog({ sink, level: () => level }) };
}

describe('the log', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('writes a line with its level', () => {
    const { lines, log } = recorder();
    log.notice('registered');
    expect(lines).toEqual(['notice: registered']);
  });

  it('leaves out what is less important than its level', () => {
    const { lines, log } = recorder('warning');
    log.error('one');
    log.warning('two');
    log.notice('three');
    log.info('four');
    expect(lines).toEqual(['error: one', 'warning: two']);
  });

  it('neither writes nor makes debug text that nobody asked for', () => {
    const { lines, log } = recorder();
    const text = vi.fn(() => 'secret');
    log.debug(text);
    expect(lines).toEqual([]);
    expect(text).not.toHaveBeenCalled();
  });

  it('writes debug text on request, however much', () => {
    const { lines, log } = recorder('debug');
    for (let line = 0; line < 1000; line += 1) log.debug(() => 'detail');
    expect(lines).toHaveLength(1000);
  });

  it('is not flooded: it writes a burst, and later how much it left out', () => {
    const { lines, log } = recorder();
    for (let line = 0; line < 10_000; line += 1) log.info('refused a request');
    expect(lines).toHaveLength(50);
    vi.advanceTimersByTime(10_000);
    expect(lines.at(-1)).toBe('warning: 9950 log lines suppressed');
    log.info('next');
    expect(lines.at(-1)).toBe('info: next');
  });

  it('shows what was changed, whatever else is told', () => {
    const { lines, log } = recorder();
    for (let line = 0; line < 10_000; line += 1) log.info('refused a request');
    log.audit('changed');
    expect(lines.at(-1)).toBe('info: changed');
  });

  it('runs no timer while nothing is left out', () => {
    const { log } = recorder();
    log.info('a line');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps text of the host on one line and away from the terminal', () => {
    const { lines, log } = recorder();
    log.info('key \n<0>forged \x1b[31m');
    expect(lines).toEqual([String.raw`info: key \n<0>forged \u001b[31m`]);
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PollTrouble } from '../../../../src/main/coordinator/poll-trouble.ts';
import { captureLog } from '../../../helpers/captured-logger.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('many polls that fail together are one line and a number', () => {
  const { logger, lines } = captureLog();
  const trouble = new PollTrouble(logger);
  for (let slot = 0; slot < 64; slot++) trouble.report('connect ECONNREFUSED');
  expect(lines.map(({ msg }) => msg)).toEqual([expect.stringContaining('connect ECONNREFUSED')]);
  vi.advanceTimersByTime(1000);
  expect(lines).toHaveLength(2);
  expect(lines[1]?.msg).toMatch(/^63 /);
});

it('a poll that fails alone is one line, and so is the next one later', () => {
  const { logger, lines } = captureLog();
  const trouble = new PollTrouble(logger);
  trouble.report('first');
  vi.advanceTimersByTime(1000);
  expect(lines).toHaveLength(1);
  trouble.report('second');
  expect(lines[1]?.msg).toContain('second');
});

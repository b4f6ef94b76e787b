import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PollTrouble } from '../../../../src/main/coordinator/poll-trouble.ts';
import { captureLog } from '../../../helpers/captured-logger.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('many polls that fail together are one line with their number', () => {
  const { logger, lines } = captureLog();
  const trouble = new PollTrouble(logger);
  for (let slot = 0; slot < 64; slot++) trouble.report('connect ECONNREFUSED');
  vi.advanceTimersByTime(1000);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.msg).toMatch(/64 polls .*connect ECONNREFUSED/);
});

it('a poll that fails alone is one line, and so is the next one later', () => {
  const { logger, lines } = captureLog();
  const trouble = new PollTrouble(logger);
  trouble.report('first');
  vi.advanceTimersByTime(1000);
  trouble.report('second');
  vi.advanceTimersByTime(1000);
  expect(lines.map(({ msg }) => msg)).toEqual([
    expect.stringMatching(/a poll .*first/),
    expect.stringMatching(/a poll .*second/),
  ]);
});

it('nothing is logged at once: the platform may be about to shut down', () => {
  const { logger, lines } = captureLog();
  new PollTrouble(logger).report('it answered 500');
  vi.advanceTimersByTime(100);
  expect(lines).toEqual([]);
});

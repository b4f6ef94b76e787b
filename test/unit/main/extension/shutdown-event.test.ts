import { expect, it } from 'vitest';
import { parseShutdown } from '../../../../src/main/extension/shutdown-event.ts';
import { response } from '../responses.ts';

it('a SHUTDOWN is read with its reason as written and its deadline', () => {
  const body = '{"eventType":"SHUTDOWN","shutdownReason":"spindown","deadlineMs":1760000000000}';
  expect(parseShutdown(response(200, {}, body))).toEqual({ reason: 'spindown', deadlineMs: 1_760_000_000_000 });
});

it('a SHUTDOWN without reason or deadline is one nevertheless', () => {
  for (const body of [
    '{"eventType":"SHUTDOWN"}',
    '{"eventType":"SHUTDOWN","shutdownReason":1,"deadlineMs":"soon"}',
    '{"eventType":"SHUTDOWN","deadlineMs":0}',
  ]) {
    expect(parseShutdown(response(200, {}, body))).toEqual({ reason: 'unknown', deadlineMs: null });
  }
});

it.each(['{"eventType":"INVOKE"}', '{}', 'null', '"SHUTDOWN"', '[]'])('%s is none', (body) => {
  expect(parseShutdown(response(200, {}, body))).toBeNull();
});

it('an error is none, whatever its body says', () => {
  expect(parseShutdown(response(403, {}, '{"eventType":"SHUTDOWN"}'))).toBeNull();
});

import { expect, it } from 'vitest';
import { AdapterError, codeOf, messageOf, toFailure } from '../../../src/shared/errors.ts';

it('an error of ours becomes a failure under its own name', () => {
  const cause = new Error('cause');
  const error = new AdapterError('Function.AppTimeout', 'too slow', { cause });
  expect(toFailure(error)).toEqual({ errorType: 'Function.AppTimeout', errorMessage: 'too slow' });
  expect(error.cause).toBe(cause);
});

it.each([
  [new TypeError('x is not a function'), 'x is not a function'],
  ['text', 'text'],
  [undefined, 'undefined'],
])('anything else that is thrown is a defect of the adapter and keeps its message', (thrown, message) => {
  const failure = toFailure(thrown);
  expect(failure.errorType).toBe('Runtime.AdapterError');
  expect(failure.errorMessage).toContain(message);
});

it('a code is found where there is one', () => {
  expect(codeOf(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
  for (const thrown of [new Error('none'), { code: 7 }, null, undefined, 'ECONNREFUSED'])
    expect(codeOf(thrown)).toBeNull();
});

it('a message is made of anything', () => {
  expect([new Error('a'), 'b', null, 4].map(messageOf)).toEqual(['a', 'b', 'null', '4']);
});

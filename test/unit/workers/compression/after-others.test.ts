import { expect, test } from 'vitest';
import { afterOthers } from '../../../../src/workers/compression/after-others.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('jobs wait until what this turn has to send is sent, and are done one in a turn', async () => {
  const done: string[] = [];
  for (const job of ['first', 'second', 'third']) afterOthers(() => done.push(job));
  setImmediate(() => done.push('answers sent'));
  await turn();
  expect(done).toEqual(['answers sent']);
  await turn();
  expect(done).toEqual(['answers sent', 'first']);
  await turn();
  expect(done).toEqual(['answers sent', 'first', 'second']);
  afterOthers(() => done.push('fourth'));
  await turn();
  await turn();
  expect(done).toEqual(['answers sent', 'first', 'second', 'third', 'fourth']);
});

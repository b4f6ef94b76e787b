import { expect, test } from 'vitest';
import { htmlPage } from '../../bench/scenarios/html-page.ts';
import type { Coding } from '../../src/shared/config.ts';
import { startAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { request } from '../helpers/events.ts';
import { rebuildOutcome } from '../helpers/rebuilt-answer.ts';
import { decompress } from '../unit/workers/compression/decompress.ts';

const CODINGS: readonly Coding[] = ['gzip', 'br', 'zstd'];
const COMPRESSING = { AWS_LWA_ENABLE_COMPRESSION: 'true' };
/** At a level that takes too long for the thread itself: the body waits for another one while the next responses are read. */
const SLOWLY = { ...COMPRESSING, AWS_LWA_COMPRESSION: 'gzip:9,br:9,zstd:12' };
const ROUNDS = 6;

/** Of equal length and different in one byte. */
const PAGES = ['0', '1', '2', '3'].map((mark) => {
  const page = htmlPage(50_000);
  return page.fill(mark, page.length - 1);
});

test.each([
  ['threads', { ...CROWDED, env: { ...CROWDED.env, ...COMPRESSING } }],
  ['the coordinator', { env: COMPRESSING }],
  ['threads, slowly', { ...CROWDED, env: { ...CROWDED.env, ...SLOWLY } }],
])(
  'pages that differ in one byte and come again and again are never mistaken for each other: on %s',
  async (_where, options) => {
    const adapter = await startAdapter(options);
    adapter.app.script = ({ target }, connection) =>
      connection.answer({ headers: [['content-type', 'text/html']], body: PAGES[Number(target.slice(1))] ?? '' });
    const receives = async (page: Buffer, index: number, coding: Coding): Promise<void> => {
      const event = request(`/${index}`, { headers: { 'accept-encoding': coding } });
      const { headers, body } = rebuildOutcome('function-url', await adapter.invoke(event));
      expect(headers['content-encoding']).toBe(coding);
      expect(decompress(coding, body).equals(page)).toBe(true);
    };
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(CODINGS.flatMap((coding) => PAGES.map((page, index) => receives(page, index, coding))));
    }
  },
);

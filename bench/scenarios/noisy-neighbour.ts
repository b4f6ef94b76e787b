import { COMPRESSING, exchange, PLAIN } from './exchange.ts';
import { variedPage } from './html-100k-varied.ts';
import { htmlPage } from './html-page.ts';
import type { Scenario } from './scenario.ts';
import { uncompressedJson } from './small-json.ts';

/** Compression keeps a thread busy for milliseconds on end: whoever shares it has to wait. A stream of any length would not. */
const archive = exchange({
  path: '/archive',
  acceptEncoding: 'br',
  answer: { ...variedPage.answer, body: htmlPage(1024 * 1024) },
  contentCoding: 'br',
});

export const noisyNeighbour: Scenario = {
  ...PLAIN,
  name: 'noisy-neighbour',
  summary:
    'small JSON while 4 more invocations compress 1 MB of HTML each, never the same, all the time: who keeps whom waiting',
  adapterEnv: COMPRESSING,
  measured: uncompressedJson,
  company: { kind: 'neighbours', exchange: archive, inFlight: 4 },
};

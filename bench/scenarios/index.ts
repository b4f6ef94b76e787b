import { binary } from './binary-64k.ts';
import { htmlBrotli } from './html-100k-br.ts';
import { htmlGzip } from './html-100k-gzip.ts';
import { variedBrotli, variedGzip } from './html-100k-varied.ts';
import { htmlZstd } from './html-100k-zstd.ts';
import { html } from './html-100k.ts';
import { mixed } from './mix-95-5.ts';
import { noisyNeighbour } from './noisy-neighbour.ts';
import { payloadCalled } from './payload.ts';
import type { Scenario } from './scenario.ts';
import { slow50, slow500 } from './slow.ts';
import { smallJson, streamedJson } from './small-json.ts';
import { serverSentEvents } from './sse.ts';
import { stream } from './stream-64m.ts';
import { largeUpload, smallUpload } from './upload.ts';

export const SCENARIOS: readonly Scenario[] = [
  smallJson,
  html,
  htmlGzip,
  htmlBrotli,
  htmlZstd,
  variedGzip,
  variedBrotli,
  binary,
  smallUpload,
  largeUpload,
  streamedJson,
  serverSentEvents,
  stream,
  slow50,
  slow500,
  mixed,
  noisyNeighbour,
];

export const SCENARIO_NAMES: readonly string[] = SCENARIOS.map(({ name }) => name);

/** One of the list, or `in-64k-out-1m` and its like. */
export function findScenario(name: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.name === name) ?? payloadCalled(name);
}

import { COMPRESSING, exchange, PLAIN } from './exchange.ts';
import { catalogue } from './html-100k.ts';
import { numberText } from './numbered-page.ts';
import type { ContentCoding, Scenario } from './scenario.ts';

const numberAt = catalogue.answer.body.indexOf('Catalogue');
const body = Buffer.from(catalogue.answer.body);
numberText(0).copy(body, numberAt);

/** A page as an app makes it for one visitor: the number is in its title. */
export const variedPage = {
  path: '/account',
  answer: { ...catalogue.answer, body, numberAt },
} as const;

function varied(coding: ContentCoding, name: string): Scenario {
  return {
    ...PLAIN,
    name: `html-100k-${coding}-varied`,
    summary: `pages of which no two are the same, compressed by the adapter with ${name}`,
    adapterEnv: COMPRESSING,
    measured: exchange({ ...variedPage, acceptEncoding: coding, contentCoding: coding }),
  };
}

export const variedGzip = varied('gzip', 'gzip');
export const variedBrotli = varied('br', 'brotli');

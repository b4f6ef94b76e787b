import { exchange, PLAIN } from './exchange.ts';
import { htmlPage } from './html-page.ts';
import type { Scenario } from './scenario.ts';

export const catalogue = {
  path: '/catalogue',
  answer: { contentType: 'text/html; charset=utf-8', body: htmlPage() },
} as const;

export const html: Scenario = {
  ...PLAIN,
  name: 'html-100k',
  summary: 'an HTML page of 100 KB, not compressed',
  measured: exchange(catalogue),
};

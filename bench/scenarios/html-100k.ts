import { functionUrlEvent } from './function-url-event.ts';
import { htmlPage } from './html-page.ts';
import type { Scenario } from './scenario.ts';

export const html: Scenario = {
  name: 'html-100k',
  summary: 'an HTML page of 100 KB, not compressed',
  adapterEnv: {},
  event: functionUrlEvent('/catalogue', '', 'gzip, br'),
  answer: { contentType: 'text/html; charset=utf-8', body: htmlPage(), times: 1 },
  isStreamed: false,
  contentCoding: null,
};

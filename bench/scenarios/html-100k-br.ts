import { functionUrlEvent } from './function-url-event.ts';
import { html } from './html-100k.ts';
import type { Scenario } from './scenario.ts';

export const htmlBrotli: Scenario = {
  ...html,
  name: 'html-100k-br',
  summary: 'the same page, compressed by the adapter with brotli',
  adapterEnv: { AWS_LWA_ENABLE_COMPRESSION: 'true' },
  event: functionUrlEvent('/catalogue', '', 'br'),
  contentCoding: 'br',
};

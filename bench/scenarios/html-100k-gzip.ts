import { functionUrlEvent } from './function-url-event.ts';
import { html } from './html-100k.ts';
import type { Scenario } from './scenario.ts';

export const htmlGzip: Scenario = {
  ...html,
  name: 'html-100k-gzip',
  summary: 'the same page, compressed by the adapter with gzip',
  adapterEnv: { AWS_LWA_ENABLE_COMPRESSION: 'true' },
  event: functionUrlEvent('/catalogue', '', 'gzip'),
  contentCoding: 'gzip',
};

import { binary } from './binary-64k.ts';
import { functionUrlEvent } from './function-url-event.ts';
import type { Scenario } from './scenario.ts';

const BYTES = 64 * 1024 * 1024;

export const stream: Scenario = {
  ...binary,
  name: 'stream-64m',
  summary: '64 MB that are streamed; fewer in flight than the usual 64 show more',
  adapterEnv: { AWS_LWA_INVOKE_MODE: 'response_stream' },
  event: functionUrlEvent('/download', '', 'gzip, br'),
  answer: { ...binary.answer, times: BYTES / binary.answer.body.length },
  isStreamed: true,
};

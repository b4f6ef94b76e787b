import { describe, expect, it } from 'vitest';
import { runOnce } from './run-cli.ts';

describe('--once with the example app', () => {
  it.each(['function-url', 'http-api', 'rest', 'alb', 'alb-multi-value'])(
    'gets every answer through %s events, buffered',
    async (source) => {
      const { code, stdout, stderr } = await runOnce('--event-source', source);
      expect(stderr).toBe('');
      expect(stdout).toContain('All 6 as expected.');
      expect(code).toBe(0);
    },
  );

  it.each(['function-url', 'rest'])('gets every answer through %s events, streamed', async (source) => {
    const { code, stdout, stderr } = await runOnce('--event-source', source, '--invoke-mode', 'response_stream');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/ok +GET +\/sse\?count=3&ms=150 +200 .* each sent on as it was written/);
    expect(stdout).toContain('All 7 as expected.');
    expect(code).toBe(0);
  });

  it.each([[[]], [['--visible-concurrency']]])(
    'serves requests at the same time as Managed Instances do, with %j',
    async (visibility) => {
      const { code, stdout, stderr } = await runOnce('--concurrency', '4', '--verbose', ...visibility);
      expect(stdout).toMatch(/ok +GET +\/slow\?ms=500 ×4 +200 /);
      expect(code).toBe(0);
      // The adapter learned the number: it would poll more often if it had to guess.
      const parked = [...stderr.matchAll(/poll-parked {2}parked (\d+)/g)].map((match) => Number(match[1]));
      expect(Math.max(...parked)).toBe(4);
    },
  );

  it('names the request that went wrong and what came instead, and exits 1', async () => {
    const { code, stdout } = await runOnce('--env', 'AWS_LWA_REMOVE_BASE_PATH=/echo');
    expect(stdout).toMatch(/WRONG +POST +\/echo\S+ +200 .*\n +the answer lacks .*: <!doctype html>/);
    expect(stdout).toContain('1 of 6 went wrong.');
    expect(code).toBe(1);
  });

  it('prints no colours into a pipe', async () => {
    const { stdout } = await runOnce();
    // oxlint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/\u001B/);
  });
});

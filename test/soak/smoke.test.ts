import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOAK = fileURLToPath(new URL('../../bench/soak/run.ts', import.meta.url));

function soak(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SOAK, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('the soak', () => {
  it('soaks both adapters for a moment and finds nothing wrong', { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await soak('--minutes=0.05', '--concurrency=8');
    expect(stdout, stderr).toContain('Nothing lost, nothing crossed, nothing left behind.');
    expect(stdout).toMatch(/^crossed +0 +0$/m);
    expect(stdout).toMatch(/^heaps MB without garbage, before +[1-9]\d*(?:\.\d)? +[1-9]\d*(?:\.\d)?$/m);
    expect(stderr).toMatch(/^ *10 s \| buffered: [\d,]+ requests, \d+ faults, 0 wrong/m);
    expect(code).toBe(0);
  });

  it.each(['--minutes=0', '--minutes=ten', '--concurrency=1', '--seed=x', '--unknown'])(
    'refuses %s and says what it accepts',
    async (option) => {
      const { code, stderr } = await soak(option);
      expect(code).toBe(2);
      expect(stderr).toContain(option.split('=', 1)[0]);
    },
  );
});

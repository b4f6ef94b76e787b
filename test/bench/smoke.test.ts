import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));
const PLAIN_ADAPTER = fileURLToPath(new URL('fixtures/plain-adapter.mjs', import.meta.url));
const SMALLEST = ['--smoke', '--rate=closed', '--in-flight=1', '--scenario=small-json', '--requests=10'];
const SMALL = ['--smoke', '--rate=closed', '--in-flight=1,3', '--scenario=small-json,html-100k-gzip', '--requests=30'];
const SWEEP = ['--smoke', '--rate=closed,100', '--in-flight=4', '--workers=0,1'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function bench(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: folder };
    execFile(process.execPath, [BENCH, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('the benchmark', () => {
  it('measures adapters in turn and prints what they need', async () => {
    const json = join(folder, 'result.json');
    const adapters = ['first', 'second'].map((name) => `--adapter=${name}=${PLAIN_ADAPTER}`);
    const { code, stdout, stderr } = await bench(...SMALL, ...adapters, '--json', json);
    expect(stderr.match(/^\[\d\/8\]/gm)).toHaveLength(8);
    expect(stdout).toMatch(/cores?, .*Node v\d+/);
    expect(stdout).toMatch(/html-100k-gzip, 3 in flight\n {2}first .*\n {2}second .*\n {4}to first /);
    expect(stdout).toMatch(/240 invocations measured, every answer right\.$/m);
    expect(code).toBe(0);
    const result: unknown = JSON.parse(readFileSync(json, 'utf8'));
    expect(result).toMatchObject({
      format: 1,
      options: { rounds: 1 },
      comparisons: { length: 4 },
      trials: { length: 8 },
    });
    expect(result).toHaveProperty('trials.0.figures.cpuUs', expect.any(Number));
    // What was started under the name that adapters have on Lambda has been cleared away.
    expect(readdirSync(folder)).toEqual(['result.json']);
  });

  it('sweeps rates, workers and payloads with the adapter built here, and shows how much the rig can do', async () => {
    const payloads = ['--payload-in=1k', '--payload-out=0,64k'];
    const { code, stdout, stderr } = await bench(...SWEEP, ...payloads, '--scenario=mix-95-5', '--calibrate');
    expect(stderr).toMatch(/^\[ 1\/24\] mix-95-5, 4 in flight, 0 workers, round 1, ours: .*; \d+ s left$/m);
    expect(stdout).toMatch(/^24 trials, about \d+ s$/m);
    expect(stdout).toMatch(/^in-1k-out-64k, 4 in flight, 100\/s, 1 worker\n {2}ours .*\n {2}null /m);
    expect(stdout).toMatch(/every answer right\.$/m);
    expect(code).toBe(0);
  });

  it('begins to measure when the adapter has done with the warm-up', async () => {
    const slow = [`--adapter=slow=${PLAIN_ADAPTER}`, '--env=PAUSE_MS=200'];
    const one = ['--smoke', '--rate=500', '--in-flight=1', '--scenario=small-json', '--requests=1'];
    const { code, stdout } = await bench(...one, ...slow);
    expect(stdout).toMatch(/^1 invocations measured, every answer right\.$/m);
    expect(code).toBe(0);
  });

  it('fails when answers are wrong', async () => {
    const { code, stdout, stderr } = await bench(...SMALLEST, `--adapter=bad=${PLAIN_ADAPTER}`, '--env=SPOIL=body');
    expect(code).toBe(1);
    expect(stdout).toMatch(/bad +failed/);
    expect(stderr).toMatch(
      /bad: \d+ of \d+ invocations failed, the first one: a body of 100 bytes that is not the one/,
    );
  });

  it('goes on with the others when an adapter does not start, and fails', async () => {
    const broken = `--adapter=broken=${process.execPath}`;
    const { code, stdout, stderr } = await bench(
      ...SMALLEST,
      broken,
      `--adapter=good=${PLAIN_ADAPTER}`,
      '--env=broken:X=1',
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/broken +failed\n {2}good +\d/);
    expect(stderr).toMatch(/broken: the adapter \(.*\) ended by itself/);
  });

  it('explains a wrong option and exits with 2', async () => {
    const { code, stderr } = await bench('--rounds=none');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--rounds none: accepted is .*\nlambda-adapter-bench --help shows all options\.$/m);
  });
});

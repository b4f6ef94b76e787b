import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleData, type Sample } from './helpers/sample-results.ts';

const BENCH = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-regression-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes results, with some fields replaced, and returns the name of the file. */
function results(name: string, given: Partial<Sample> = {}, replaced: object = {}): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ ...sampleData(given), ...replaced }));
  return file;
}

function times(factor: number, of: string): Partial<Sample> {
  return {
    value: (figure, adapter, inFlight, round) =>
      (100 + round) * (figure === of && adapter === 'ours' && inFlight === 64 ? factor : 1),
  };
}

function bench(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [BENCH, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('a report of saved results', () => {
  it('has table, JSON and HTML without measuring', async () => {
    const [json, html] = [join(folder, 'again.json'), join(folder, 'again.html')];
    const saved = results('saved');
    const { code, stdout, stderr } = await bench('--report', saved, '--json', json, '--html', html, '--columns=cpuUs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^A processor, 2 cores/);
    expect(stdout).toMatch(/CPU µs\nsmall-json, 1 in flight\n {2}rust +103\.0\n/);
    expect(stdout).not.toContain('inv/s');
    expect(readFileSync(html, 'utf8')).toContain('</html>');
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject(JSON.parse(readFileSync(saved, 'utf8')));
  });

  it('fails when one of them was wrong', async () => {
    const { code, stderr } = await bench('--report', results('impossible', times(-1, 'cpuUs')));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^small-json, 64 in flight, round 1, ours: CPU µs cannot be -101$/m);
  });
});

describe('results against earlier ones', () => {
  it('are well when nothing is worse', async () => {
    const { code, stdout } = await bench('--report', results('now'), '--against', results('then'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Since 2026-01-02 03:04:05 UTC:\nOf \d+ figures 0 worse, 0 better, \d+ the same/m);
  });

  it('are a regression, told by the exit code and by name, when a figure is worse', async () => {
    const html = join(folder, 'worse.html');
    const slow = results('slow', times(1.2, 'cpuUs'));
    const { code, stdout } = await bench('--report', slow, '--against', results('then'), '--html', html);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^small-json, 64 in flight, ours: CPU µs +103\.0 +123\.6 +1\.20× +worse$/m);
    expect(stdout).toMatch(/^Of \d+ figures 1 worse, 0 better/m);
    expect(readFileSync(html, 'utf8')).toMatch(
      /Since 2026-01-02 .*small-json, 64 in flight, ours: CPU µs.*1\.20×.*worse/s,
    );
  });

  it('are compared at the same loop and number of workers only', async () => {
    const loops = [{ kind: 'closed' }, { kind: 'open', perSecond: 500 }] as const;
    const swept = results('swept', { loops, workers: [null, 2], inFlight: [64] });
    const slow = results('slow-open', { ...times(1.2, 'p99Ms'), loops: loops.slice(1), workers: [2], inFlight: [64] });
    const { code, stdout } = await bench('--report', slow, '--against', swept);
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /^small-json, 64 in flight, 500\/s, 2 workers, ours: p99 ms +103\.000 +123\.600 +1\.20× +worse$/m,
    );
    const closed = results('closed', { inFlight: [64] });
    expect(await bench('--report', slow, '--against', closed)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Nothing is in both results/),
    });
  });

  it('are well when figures are better, whichever way that is', async () => {
    const { code, stdout } = await bench(
      '--report',
      results('fast', times(1.2, 'throughput')),
      '--against',
      results('then'),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/ours: inv\/s +103 +124 +1\.20× +better$/m);
  });

  it('are not judged with fewer than three rounds', async () => {
    const few = results('few', { ...times(2, 'cpuUs'), rounds: 2 });
    const { code, stdout } = await bench('--report', few, '--against', results('then'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/0 worse, 0 better, 0 the same within the noise, \d+ not judged: fewer than 3 rounds/);
  });

  it.each([
    [
      'another machine',
      { machine: { ...sampleData().machine, cores: 8, node: 'v24.1.0' } },
      /cores \(8, then 2\), Node \(v24\.1\.0, then v26\.10\.0\)/,
    ],
    [
      'another length',
      { options: { ...sampleData().options, warmUp: { kind: 'duration', ms: 1 } } },
      /: warm-up \(0\.001 s, then 2 s\)\.$/m,
    ],
    [
      'another scenario',
      { trials: sampleData().trials.map((trial) => Object.assign(trial, { scenario: 'x' })) },
      /^Nothing is in both results/,
    ],
    ['another format', { format: 0 }, /has format 0; this version reads format 1/],
    ['no adapters', { adapters: [] }, /cannot be read: adapters: expected/],
  ])('of %s are refused', async (_, replaced, message) => {
    const { code, stderr } = await bench('--report', results('now'), '--against', results('other', {}, replaced));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^lambda-adapter-bench --help shows all options\.$/m);
  });

  it('are looked at before anything is measured', async () => {
    const { code, stdout, stderr } = await bench(
      '--smoke',
      '--against',
      results('then'),
      `--adapter=a=${process.execPath}`,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/was measured on another machine or in another way/);
  });

  it('are refused when there is no such file', async () => {
    const { code, stderr } = await bench('--report', results('now'), '--against', join(folder, 'nowhere.json'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/ENOENT.*nowhere\.json/);
  });
});

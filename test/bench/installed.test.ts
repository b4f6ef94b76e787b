import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NODE_20 = fileURLToPath(new URL('../preloads/node-20.cjs', import.meta.url));

let folder: string;
let command: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-installed-'));
  const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  // What npm installs, but for the dependencies: the command needs none.
  execFileSync('tar', ['xzf', join(folder, packed.toString().trim()), '-C', folder]);
  command = join(folder, 'package/dist/lambda-adapter-bench');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('the benchmark as an installed command', () => {
  it('measures the adapter of its package and writes its reports', async () => {
    const load = ['--smoke', '--scenario=small-json,stream-64m', '--in-flight=2', '--requests=4', '--calibrate'];
    const { code, stdout, stderr } = await run(command, ...load, '--json=a.json', '--html=a.html');
    // Closed and open loop, of the adapter and of the null adapter.
    expect(stderr).toMatch(/^\[8\/8\] /m);
    expect(stdout).toMatch(/^\d+ invocations measured, every answer right\.$/m);
    expect(code).toBe(0);
    const json: unknown = JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'));
    expect(json).toMatchObject({
      format: 1,
      commit: null,
      command: `lambda-adapter-bench ${load.join(' ').replaceAll('=', ' ')}`,
    });
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toContain('<svg class="plot"');
    expect(await run(command, '--report=a.json', '--against=a.json')).toMatchObject({ code: 0, stderr: '' });
  });

  it('says under its own name what it accepts', async () => {
    const { code, stderr } = await run(command, '--rounds=none');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        '--rounds none: accepted is a whole number from 1 to 1000.\nlambda-adapter-bench --help shows all options.\n',
    });
  });

  it('says in a sentence when Node is too old', async () => {
    const { code, stderr } = await run('--require', NODE_20, command);
    expect(code).toBe(1);
    expect(stderr).toBe(`lambda-adapter-bench needs Node 22.19 or newer and found 20.19.5 (${process.execPath}).\n`);
  });
});

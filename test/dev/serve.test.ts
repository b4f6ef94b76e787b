import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli, runOnce, startCli, type Running } from './run-cli.ts';

let running: Running | null = null;
afterEach(async () => {
  running?.child.kill('SIGINT');
  await running?.ended;
});

function start(...args: readonly string[]): Running {
  running = startCli(...args);
  return running;
}

describe('serving', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('goes on until %s, then sums up and exits 0', async (signal) => {
    const { child, url, ended } = start('--port', '0');
    const base = await url;
    expect(await (await fetch(base)).text()).toContain('Hello from Lambda');
    expect((await fetch(`${base}/status/500`)).status).toBe(500);
    child.kill(signal);
    const { code, stdout } = await ended;
    expect(stdout).toMatch(/\nStopped\. 2 requests, 0 errors\.\n$/);
    expect(code).toBe(0);
  });

  it('lets a request that is on its way end first', async () => {
    const { child, url, ended } = start('--port', '0');
    const request = fetch(`${await url}/slow?ms=400`);
    setTimeout(() => child.kill('SIGINT'), 200);
    expect(await (await request).json()).toEqual({ waitedMs: 400 });
    expect((await ended).stdout).toContain('Stopped. 1 request, 0 errors.');
  });

  it('prints commands to try that work as they are', async () => {
    const { child, url, ended } = start('--port', '0');
    const base = await url;
    child.kill('SIGINT');
    const { stdout } = await ended;
    const commands = stdout.split('\n').filter((line) => line.includes(`${base}/`));
    expect(commands.length).toBeGreaterThanOrEqual(4);
    for (const topic of ['/echo', '/cookies', '/image.png', '/sse', '/status/500', '/slow']) {
      expect(commands.filter((line) => line.includes(base + topic))).toHaveLength(1);
    }
  });

  it('takes the next port when the one asked for is taken, and says so', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { child, url, ended } = start('--port', String(port));
    expect(Number(new URL(await url).port)).toBeGreaterThan(port);
    child.kill('SIGINT');
    expect((await ended).stderr).toMatch(new RegExp(`^Port ${port} is taken: serving on \\d+ instead\\.\n`));
    other.close();
  });

  it('ends with exit code 1 when the app does', async () => {
    const app = `require('node:http').createServer((request, response) => {
      response.end();
      if (request.url === '/bye') setTimeout(() => process.exit(4), 50);
    }).listen(process.env.PORT)`;
    const { url, ended } = start('--port', '0', '--', 'node', '-e', app);
    await fetch(`${await url}/bye`);
    const { code, stderr, stdout } = await ended;
    expect(stderr).toContain('The app ended by itself (exit code 4)');
    expect(stdout).toContain('Stopped. 1 request, 0 errors.');
    expect(code).toBe(1);
  });

  it('can be stopped while the app is still starting', async () => {
    const { child, ended } = start(
      '--port',
      '0',
      '--',
      'node',
      '-e',
      `console.log('starting'); setInterval(() => {}, 1000)`,
    );
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { stderr } = await ended;
    expect(stderr).toContain('Stopped before the app was ready.');
  });
});

describe('the command line', () => {
  it('is explained by --help', async () => {
    const { code, stdout } = await runCli('--help');
    expect(stdout).toContain('lambda-adapter-dev --app-port 3000 -- node server.js');
    expect(code).toBe(0);
  });

  it('is refused with exit code 2 and a pointer to --help when an option is unknown', async () => {
    const { code, stdout, stderr } = await runCli('--prot', '3000');
    expect(stderr).toBe(
      'there is no option --prot. --help lists those that there are.\nlambda-adapter-dev --help shows all options.\n',
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('is refused when the adapter that it names ends at once, with what that wrote', async () => {
    const { code, stderr } = await runOnce('--adapter', '/bin/false');
    expect(stderr).toContain('the adapter (/bin/false) ended by itself: exit code 1');
    expect(code).toBe(1);
  });
});

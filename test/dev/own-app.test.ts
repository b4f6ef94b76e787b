import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { runOnce } from './run-cli.ts';

const ECHO_PATH = `require('node:http').createServer((request, response) => {
  response.statusCode = Number(/status=(\\d+)/.exec(request.url)?.[1] ?? 200);
  response.end('you asked for ' + request.url);
}).listen(process.env.PORT)`;

let other: Server | null = null;
afterEach(() => other?.close());

async function listen(answer: string): Promise<number> {
  const server = createServer((_, response) => response.end(answer));
  other = server;
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

describe('--once with an own app', () => {
  it('requests / and each --path, and tells the app its port', async () => {
    const { code, stdout } = await runOnce('--path', '/users?page=2', '--', 'node', '-e', ECHO_PATH);
    expect(stdout).toMatch(/ok +GET +\/ +200 +\d+ +15\n/);
    expect(stdout).toMatch(/ok +GET +\/users\?page=2 +200 +\d+ +27\n/);
    expect(code).toBe(0);
  });

  it('shows what the app prints, line by line', async () => {
    const app = `console.log('hello from the app'); ${ECHO_PATH}`;
    const { stderr } = await runOnce('--', 'node', '-e', app);
    expect(stderr).toBe('app     | hello from the app\n');
  });

  it('takes a 404 for an answer and a 500 for a failure', async () => {
    const { code, stdout } = await runOnce(
      '--path',
      '/a?status=404',
      '--path',
      '/b?status=500',
      '--',
      'node',
      '-e',
      ECHO_PATH,
    );
    expect(stdout).toMatch(/ok +GET +\/a\?status=404 +404/);
    expect(stdout).toMatch(/WRONG +GET +\/b\?status=500 +500 .*\n +status 500: you asked for \/b/);
    expect(code).toBe(1);
  });

  it('answers 504 in its place when it is slower than --timeout', async () => {
    const app = `require('node:http').createServer((request, response) => {
      if (request.url === '/') response.end();
    }).listen(process.env.PORT)`;
    const { code, stdout } = await runOnce('--timeout', '1', '--path', '/never', '--', 'node', '-e', app);
    expect(stdout).toMatch(/WRONG +GET +\/never +504/);
    expect(code).toBe(1);
  });

  it('serves an app that runs already, named by its port', async () => {
    const port = await listen('already here');
    const { code, stdout } = await runOnce('--app-port', String(port));
    expect(stdout).toMatch(/ok +GET +\/ +200 +\d+ +12\n/);
    expect(code).toBe(0);
  });
});

describe('an app that cannot be served', () => {
  it('is reported when it ends, with its exit code and its output in view', async () => {
    const app = `console.error('no database'); process.exit(3)`;
    const { code, stderr } = await runOnce('--', 'node', '-e', app);
    expect(stderr).toBe(
      'app     | no database\n' +
        'The app ended by itself (exit code 3); on Lambda the whole environment ends with it.\n' +
        'What the app printed is above.\n',
    );
    expect(code).toBe(1);
  });

  it('is reported when it never listens, with the port it was told and the options that help', async () => {
    const { code, stderr } = await runOnce('--init-timeout', '1', '--', 'node', '-e', 'setInterval(() => {}, 1000)');
    expect(stderr).toMatch(/The app did not become ready within 1 s\.\nThe app printed nothing\.\n/);
    expect(stderr).toMatch(/It was told port \d+ in the variable PORT\. .* name that with --app-port\.\n/);
    expect(stderr).toContain('use --init-timeout');
    expect(code).toBe(1);
  });

  it('is reported when there is no such program', async () => {
    const { code, stderr } = await runOnce('--', 'no-such-program');
    expect(stderr).toContain('there is no program no-such-program here');
    expect(code).toBe(1);
  });

  it('is not started when another program has its port', async () => {
    const port = await listen('somebody else');
    const { code, stderr } = await runOnce('--app-port', String(port), '--', 'node', '-e', ECHO_PATH);
    expect(stderr).toContain(`Port ${port} is taken by another program`);
    expect(code).toBe(1);
  });

  it('is missed when --app-port names a port where nothing listens', async () => {
    const port = await listen('');
    await new Promise((resolve) => other?.close(resolve));
    const { code, stderr } = await runOnce('--app-port', String(port));
    expect(stderr).toContain(`Nothing listens on port ${port}. Start your app first`);
    expect(code).toBe(1);
  });
});

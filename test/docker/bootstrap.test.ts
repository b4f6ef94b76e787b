import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const bootstrap = fileURLToPath(new URL('../../docker/bootstrap', import.meta.url));
const HANDED_OVER = '.lambda-adapter-max-concurrency';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string, mode = 0o755): void {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
}

function run(env: Record<string, string>, args: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(bootstrap, args, {
    env: { PATH: process.env['PATH'], LAMBDA_TASK_ROOT: folder, TMPDIR: folder, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('starting the app', () => {
  it('runs the handler from the function folder and leaves out the arguments, which are the command of a managed runtime', () => {
    script('run.sh', '#!/bin/sh\necho "app with $# arguments"\n');
    expect(run({ _HANDLER: 'run.sh' }, ['/var/lang/bin/node', 'index.mjs'])).toEqual({
      status: 0,
      stdout: 'app with 0 arguments\n',
      stderr: '',
    });
  });

  it('becomes the app, so that signals and the exit code are those of the app', () => {
    script('run.sh', '#!/bin/sh\necho $$\nexit 7\n');
    const { status, stdout } = run({ _HANDLER: 'run.sh' });
    expect(status).toBe(7);
    expect(Number(stdout)).toBeGreaterThan(0);
    const parent = spawnSync('sh', ['-c', 'echo $$; exec "$0"', bootstrap], {
      env: { PATH: process.env['PATH'], LAMBDA_TASK_ROOT: folder, _HANDLER: 'run.sh' },
      encoding: 'utf8',
    });
    const [before, after] = parent.stdout.trim().split('\n');
    expect(after).toBe(before);
  });

  it('finds a handler in a subfolder with a space in its name', () => {
    script('start app.sh', '#!/bin/sh\necho started\n');
    expect(run({ _HANDLER: './start app.sh' }).stdout).toBe('started\n');
  });

  it('runs its arguments where the last of them is named as the handler, as the emulator of AWS does for images', () => {
    script('server.js', 'not executable', 0o644);
    expect(run({ _HANDLER: 'server.js' }, ['echo', 'node', 'server.js']).stdout).toBe('node server.js\n');
  });

  it('runs its arguments, each as it is, where there is no handler', () => {
    expect(run({ _HANDLER: '' }, ['printf', '<%s>', 'two  words', '*']).stdout).toBe('<two  words><*>');
  });

  it('accepts a shebang with a space and an interpreter with arguments', () => {
    script('run.sh', '#! /bin/sh -e\necho started\n');
    expect(run({ _HANDLER: 'run.sh' }).stdout).toBe('started\n');
  });

  it('runs a script without a shebang, as the shell does', () => {
    script('run.sh', 'echo started\n');
    expect(run({ _HANDLER: 'run.sh' }).stdout).toBe('started\n');
  });
});

describe('handing over the concurrency', () => {
  beforeEach(() => script('run.sh', `#!/bin/sh\ncat "$TMPDIR/${HANDED_OVER}"\n`));

  it('has written the number before the app runs, and leaves nothing else behind', () => {
    expect(run({ _HANDLER: 'run.sh', AWS_LAMBDA_MAX_CONCURRENCY: '32' }).stdout).toBe('32\n');
    expect(readFileSync(join(folder, HANDED_OVER), 'utf8')).toBe('32\n');
    expect(readdirSync(folder).toSorted()).toEqual([HANDED_OVER, 'run.sh']);
  });

  it('writes nothing on standard Lambda, which does not set the variable', () => {
    script('run.sh', '#!/bin/sh\n');
    expect(run({ _HANDLER: 'run.sh' }).status).toBe(0);
    expect(readdirSync(folder)).toEqual(['run.sh']);
  });

  it('replaces what an earlier start has written', () => {
    writeFileSync(join(folder, HANDED_OVER), '1600\n');
    expect(run({ _HANDLER: 'run.sh', AWS_LAMBDA_MAX_CONCURRENCY: '8' }).stdout).toBe('8\n');
  });

  it('starts the app all the same where the file cannot be written, and says what to set instead', () => {
    script('run.sh', '#!/bin/sh\necho started\n');
    const { status, stdout, stderr } = run({
      _HANDLER: 'run.sh',
      AWS_LAMBDA_MAX_CONCURRENCY: '32',
      TMPDIR: join(folder, 'missing'),
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'started\n' });
    expect(stderr).toMatch(
      /^\/opt\/bootstrap: cannot write .*Set AWS_LWA_MAX_CONCURRENCY=32 on the function instead\.\n$/,
    );
  });
});

describe('a start script that cannot run', () => {
  it('says that the handler names no file and what the handler should be', () => {
    const { status, stderr } = run({ _HANDLER: 'index.handler' });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `/opt/bootstrap: ${folder}/index.handler does not exist. Set the function's handler to the path of your start script inside the package, e.g. run.sh.\n`,
    );
  });

  it('says that the file is not executable and how to make it so', () => {
    script('run.sh', '#!/bin/sh\n', 0o644);
    const { status, stderr } = run({ _HANDLER: 'run.sh' });
    expect(status).toBe(1);
    expect(stderr).toContain(`${folder}/run.sh is not executable. Run 'chmod +x run.sh'`);
  });

  it('says that the file has Windows line endings, which the system reports as a missing file', () => {
    script('run.sh', '#!/bin/sh\r\necho started\r\n');
    const { status, stderr } = run({ _HANDLER: 'run.sh' });
    expect(status).toBe(1);
    expect(stderr).toContain(`${folder}/run.sh has Windows line endings.`);
  });

  it('names the interpreter that is missing, which the system reports as a missing script', () => {
    script('run.sh', '#!/opt/none/bash -e\n');
    const { status, stderr } = run({ _HANDLER: 'run.sh' });
    expect(status).toBe(1);
    expect(stderr).toContain('/opt/none/bash does not exist here');
  });

  it('names a program that the system does not have', () => {
    const { status, stderr } = run({}, ['no-such-program', 'server.js']);
    expect(status).toBe(1);
    expect(stderr).toContain('there is no program no-such-program here');
  });

  it('says what to give it when there is neither a handler nor a command', () => {
    const { status, stderr } = run({});
    expect(status).toBe(1);
    expect(stderr).toContain("pass the app's command: /opt/bootstrap node server.js");
  });
});

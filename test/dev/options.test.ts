import { describe, expect, it } from 'vitest';
import { helpText } from '../../bench/dev/help.ts';
import { OPTIONS } from '../../bench/dev/option-table.ts';
import { parseOptions, UsageError } from '../../bench/dev/options.ts';

describe('the options of the development server', () => {
  it('have a default each', () => {
    expect(parseOptions([])).toEqual({
      help: false,
      once: false,
      verbose: false,
      command: null,
      appPort: null,
      paths: [],
      concurrency: 1,
      visibleConcurrency: false,
      eventSource: 'function-url',
      invokeMode: 'buffered',
      port: 3000,
      timeoutMs: 30_000,
      initTimeoutMs: 10_000,
      adapter: null,
      adapterEnv: {},
    });
  });

  it('leave everything behind -- to the app, dashes included', () => {
    const options = parseOptions(['--app-port', '3000', '--', 'node', '--inspect', 'server.js', '--', '--help']);
    expect(options.command).toEqual(['node', '--inspect', 'server.js', '--', '--help']);
    expect(options.appPort).toBe(3000);
    expect(options.help).toBe(false);
  });

  it('take values with and without an equals sign', () => {
    expect(parseOptions(['--concurrency=32', '--port', '0', '--event-source=rest'])).toMatchObject({
      concurrency: 32,
      port: 0,
      eventSource: 'rest',
    });
  });

  it('collect the repeatable ones and let the last of the others win', () => {
    const options = parseOptions([
      '--path',
      '/a',
      '--path=/b?c=d',
      '--env',
      'A=1',
      '--env=B=x=y',
      '--port=1',
      '--port=2',
    ]);
    expect(options.paths).toEqual(['/a', '/b?c=d']);
    expect(options.adapterEnv).toEqual({ A: '1', B: 'x=y' });
    expect(options.port).toBe(2);
  });

  it('accept an empty value for a variable, which some variables give a meaning', () => {
    expect(parseOptions(['--env', 'AWS_LWA_EVENT_ERROR_STATUS_CODES=']).adapterEnv).toEqual({
      AWS_LWA_EVENT_ERROR_STATUS_CODES: '',
    });
  });
});

describe('a command line that cannot be obeyed', () => {
  it.each([
    [['--prot', '1'], 'there is no option --prot. --help lists those that there are'],
    [['-x'], 'there is no option -x. --help lists those that there are'],
    [['node', 'server.js'], `"node" is not an option. Your app's command goes behind --, as in: -- node server.js`],
    [['--port'], '--port needs a value: a port from 0 to 65535'],
    [['--port', '--once'], '--port needs a value: a port from 0 to 65535'],
    [['--port', 'http'], '--port http: accepted is a port from 0 to 65535'],
    [['--port', '65536'], '--port 65536: accepted is a port from 0 to 65535'],
    [['--app-port', '0'], '--app-port 0: accepted is a port from 1 to 65535'],
    [['--concurrency', '0'], '--concurrency 0: accepted is a whole number from 1 to 1600'],
    [['--concurrency', '1e3'], '--concurrency 1e3: accepted is a whole number from 1 to 1600'],
    [['--event-source', 'sqs'], '--event-source sqs: accepted is function-url, http-api, rest, alb, alb-multi-value'],
    [['--invoke-mode', 'stream'], '--invoke-mode stream: accepted is buffered or response_stream'],
    [
      ['--invoke-mode', 'response_stream', '--event-source', 'alb'],
      '--event-source alb cannot stream: --invoke-mode response_stream goes with function-url or rest',
    ],
    [['--timeout', '901'], '--timeout 901: accepted is seconds from 1 to 900'],
    [['--env', 'A'], '--env A: accepted is NAME=VALUE, such as AWS_LWA_REMOVE_BASE_PATH=/v1'],
    [['--path', 'users'], '--path users: accepted is a path such as /users?page=2'],
    [['--adapter', '/none/such'], '--adapter /none/such: accepted is an executable file'],
    [['--adapter', '/tmp'], '--adapter /tmp: accepted is an executable file'],
    [['--once=yes'], '--once takes no value and got "yes"'],
  ])('%j is refused with a sentence that says what is accepted', (args, message) => {
    expect(() => parseOptions(args)).toThrow(new UsageError(message));
  });
});

describe('help', () => {
  it('has a line for every option', () => {
    const lines = helpText().split('\n');
    for (const name of Object.keys(OPTIONS)) {
      expect(lines.filter((line) => new RegExp(`^  --${name}( |$)`).test(line))).toHaveLength(1);
    }
  });
});

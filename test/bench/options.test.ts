import { describe, expect, it } from 'vitest';
import { FIGURE_NAMES } from '../../bench/measure/figures.ts';
import { helpText } from '../../bench/options/help.ts';
import { OPTIONS } from '../../bench/options/option-table.ts';
import { parseCommand } from '../../bench/options/parse-command.ts';
import { parseOptions } from '../../bench/options/parse-options.ts';
import { UsageError } from '../../bench/options/usage-error.ts';
import { SCENARIO_NAMES } from '../../bench/scenarios/index.ts';

/** Any executable file will do: nothing is started here. */
const PROGRAM = process.execPath;
const ADAPTER = `--adapter=a=${PROGRAM}`;

function parse(...args: string[]) {
  return parseOptions([ADAPTER, ...args]);
}

function scenarioNames(...args: string[]): string[] {
  return parse(...args).scenarios.map(({ name }) => name);
}

describe('the options of the benchmark', () => {
  it('have a default each', () => {
    const { adapters, scenarios, ...rest } = parse();
    expect(adapters).toEqual([{ name: 'a', path: PROGRAM, env: {} }]);
    expect(scenarios.map(({ name }) => name)).toEqual(['small-json']);
    expect(rest).toEqual({
      inFlight: [1, 10, 64],
      loops: [{ kind: 'closed' }],
      workers: [null],
      rounds: 3,
      warmUp: { kind: 'duration', ms: 2000 },
      measurement: { kind: 'duration', ms: 4000 },
    });
  });

  it('take several numbers in flight, and a duration in fractions of a second', () => {
    expect(parse('--in-flight', '1, 256', '--duration=0.5', '--warm-up=0', '--rounds=7')).toMatchObject({
      inFlight: [1, 256],
      measurement: { kind: 'duration', ms: 500 },
      warmUp: { kind: 'duration', ms: 0 },
      rounds: 7,
    });
  });

  it('count requests instead of time where that is wanted', () => {
    expect(parse('--requests', '1000').measurement).toEqual({ kind: 'requests', count: 1000 });
  });

  it('take scenarios with commas, repeated, or all of them', () => {
    expect(scenarioNames('--scenario=html-100k,html-100k-br', '--scenario=binary-64k')).toEqual([
      'html-100k',
      'html-100k-br',
      'binary-64k',
    ]);
    expect(scenarioNames('--scenario=all,small-json')).toEqual(
      SCENARIO_NAMES.filter((name) => name !== 'html-100k-zstd'),
    );
    expect(scenarioNames('--scenario=html-100k-zstd')).toEqual(['html-100k-zstd']);
  });

  it('take sizes of payloads in place of scenarios or beside them, every one in with every one out', () => {
    expect(scenarioNames('--payload-in=0,5m', '--payload-out=1k,4m')).toEqual([
      'in-0-out-1k',
      'in-0-out-4m',
      'in-5m-out-1k',
      'in-5m-out-4m',
    ]);
    expect(scenarioNames('--payload-out=64k', '--scenario=small-json')).toEqual(['small-json', 'in-0-out-64k']);
    expect(scenarioNames('--scenario=in-1m-out-0')).toEqual(['in-1m-out-0']);
  });

  it('take rates of an open loop, and numbers of workers', () => {
    expect(parse('--rate=closed,500', '--workers=0,2')).toMatchObject({
      loops: [{ kind: 'closed' }, { kind: 'open', perSecond: 500 }],
      workers: [0, 2],
    });
  });

  it('put the null adapter last, where it is no baseline', () => {
    expect(parse('--calibrate').adapters.map(({ name }) => name)).toEqual(['a', 'null']);
  });

  it('give a variable to every adapter or to the one it names', () => {
    const { adapters } = parse(`--adapter=b=${PROGRAM}`, '--env=X=1', '--env=b:Y=a=b:c', '--env=b:X=2');
    expect(adapters.map(({ name, env }) => [name, env])).toEqual([
      ['a', { X: '1' }],
      ['b', { X: '2', Y: 'a=b:c' }],
    ]);
  });

  it('make a smoke run short and let it cover every scenario, unless told otherwise', () => {
    const smoke = parse('--smoke');
    expect(smoke.scenarios).toHaveLength(SCENARIO_NAMES.length - 1);
    expect(smoke.loops.map(({ kind }) => kind)).toEqual(['closed', 'open']);
    expect(smoke.rounds).toBe(1);
    expect(smoke.measurement.kind).toBe('requests');
    expect(parse('--smoke', '--scenario=small-json', '--rounds=2')).toMatchObject({
      scenarios: [{ name: 'small-json' }],
      rounds: 2,
    });
  });

  it('are all in the help text, and so are the scenarios', () => {
    expect(parseCommand(['--help'])).toEqual({ kind: 'help' });
    expect(parseCommand(['-h', '--rounds=none'])).toEqual({ kind: 'help' });
    for (const name of [...Object.keys(OPTIONS).map((option) => `--${option}`), ...SCENARIO_NAMES]) {
      expect(helpText()).toContain(`  ${name}`);
    }
  });
});

describe('what becomes of the results', () => {
  it('is a table of the important figures and no file, unless told otherwise', () => {
    const outputs = { json: null, html: null, against: null, columns: null };
    expect(parseCommand([ADAPTER])).toMatchObject({ kind: 'measure', outputs });
    expect(parseCommand(['--report=a.json'])).toEqual({ kind: 'report', file: 'a.json', outputs });
  });

  it('is what is asked for', () => {
    const args = ['--report=a.json', '--json=b.json', '--html=c.html', '--against=d.json', '--columns=p99Ms,cpuUs'];
    const outputs = { json: 'b.json', html: 'c.html', against: 'd.json', columns: ['p99Ms', 'cpuUs'] };
    expect(parseCommand(args)).toEqual({ kind: 'report', file: 'a.json', outputs });
    expect(parseCommand(['--report=a.json', '--columns=all'])).toMatchObject({ outputs: { columns: FIGURE_NAMES } });
  });

  it.each([
    [['--report=a.json', '--rounds=5'], /--report and --rounds exclude each other/],
    [['--report=a.json', '--smoke'], /--report and --smoke exclude each other/],
    [['--columns=speed'], /--columns speed: accepted is all, or some of throughput/],
    [['--columns='], /--columns : accepted is/],
  ])('is refused when it makes no sense: %j', (args, message) => {
    expect(() => parseCommand(args)).toThrow(UsageError);
    expect(() => parseCommand(args)).toThrow(message);
  });
});

describe('a command line that cannot be obeyed', () => {
  it.each([
    ['a number that is not one', ['--rounds', 'many'], /--rounds many: accepted is a whole number/],
    ['nothing in flight', ['--in-flight', '0'], /--in-flight 0: accepted is/],
    ['an empty place in a list', ['--in-flight', '1,,2'], /--in-flight : accepted is/],
    ['no time at all', ['--duration', '0'], /--duration 0: accepted is seconds from 0\.1/],
    ['time and number', ['--duration', '1', '--requests', '5'], /exclude each other/],
    ['an unknown scenario', ['--scenario', 'huge'], /--scenario huge: accepted is all, or some of small-json/],
    ['an adapter without a name', ['--adapter', PROGRAM], /--adapter .*: accepted is NAME=PATH/],
    ['an adapter that is not there', ['--adapter', 'b=/no/such/file'], /--adapter b=\/no\/such\/file: accepted is/],
    ['an adapter that is a folder', ['--adapter', 'b=/'], /--adapter b=\/: accepted is/],
    ['two adapters of one name', [ADAPTER], /each name once/],
    ['an adapter called as the null adapter', [`--adapter=null=${PROGRAM}`, '--calibrate'], /each name once/],
    ['a rate of nothing', ['--rate', '0'], /--rate 0: accepted is closed, or whole numbers/],
    ['workers beyond reason', ['--workers', '65'], /--workers 65: accepted is whole numbers from 0 to 64/],
    ['a payload that Lambda does not take', ['--payload-in', '1k,6m'], /--payload-in 6m: accepted is .* 6 MB/],
    ['a payload that is no size', ['--payload-out', '1g'], /--payload-out 1g: accepted is sizes/],
    ['a variable without a value', ['--env', 'X'], /--env X: accepted is/],
    ['a variable of an adapter that does not take part', ['--env', 'c:X=1'], /--env c:X=1: accepted is/],
    ['an unknown option', ['--fast'], /--fast/],
    ['a stray word', ['fast'], /fast/],
  ])('is answered with what is accepted: %s', (_, args, message) => {
    expect(() => parseOptions([ADAPTER, ...args])).toThrow(UsageError);
    expect(() => parseOptions([ADAPTER, ...args])).toThrow(message);
  });
});

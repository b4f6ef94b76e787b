import { FIGURE_NAMES } from '../measure/figures.ts';
import { SCENARIO_NAMES } from '../scenarios/index.ts';

/** One option of the command line, for `parseArgs` and for the help text. */
interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** Name of the value as help shows it; null for a switch. */
  readonly value: string | null;
  readonly accepts: string;
  readonly help: string;
}

const SIZES =
  'sizes such as 0,1k,64k,1m,5m; Lambda takes events and answers of 6 MB, 4 KB of which are left to what is around the text';

/** In the order in which help lists them. */
export const OPTIONS = {
  adapter: {
    type: 'string',
    multiple: true,
    value: 'NAME=PATH',
    accepts: 'NAME=PATH of an executable file, each name once',
    help: 'an adapter to measure (repeatable); the others are compared with the first (default ours, of this package)',
  },
  scenario: {
    type: 'string',
    multiple: true,
    value: 'NAME,…',
    accepts: `all, or some of ${SCENARIO_NAMES.join(', ')}, or sizes of text such as in-64k-out-1m`,
    help: 'what is sent and answered, see below (default small-json); all is what every drop-in adapter can',
  },
  'payload-in': {
    type: 'string',
    value: 'SIZE,…',
    accepts: SIZES,
    help: 'text of these sizes as requests, each with every size of --payload-out, instead of a scenario',
  },
  'payload-out': {
    type: 'string',
    value: 'SIZE,…',
    accepts: SIZES,
    help: 'text of these sizes as answers, each with every size of --payload-in',
  },
  'in-flight': {
    type: 'string',
    value: 'N,…',
    accepts: 'whole numbers from 1 to 1600, such as 1,10,64',
    help: 'invocations at once; 1 is standard Lambda, more is Managed Instances (default 1,10,64)',
  },
  rate: {
    type: 'string',
    value: 'N,…',
    accepts: 'closed, or whole numbers from 1 to 100000, such as closed,500,2000',
    help: 'open loop: so many invocations per second by chance (default closed: the next one follows an answer)',
  },
  workers: {
    type: 'string',
    value: 'N,…',
    accepts: 'whole numbers from 0 to 64, such as 0,1,2',
    help: "AWS_LWA_WORKERS of every adapter, each in turn (default: each adapter's own)",
  },
  rounds: {
    type: 'string',
    value: 'N',
    accepts: 'a whole number from 1 to 1000',
    help: 'times that each adapter is started and measured, in alternation (default 3)',
  },
  duration: {
    type: 'string',
    value: 'SECONDS',
    accepts: 'seconds from 0.1 to 3600',
    help: 'length of one measurement (default 4)',
  },
  requests: {
    type: 'string',
    value: 'N',
    accepts: 'a whole number from 1 to 10000000',
    help: 'end a measurement after so many invocations instead',
  },
  'warm-up': {
    type: 'string',
    value: 'SECONDS',
    accepts: 'seconds from 0 to 3600',
    help: 'load before each measurement, not measured (default 2)',
  },
  env: {
    type: 'string',
    multiple: true,
    value: '[ADAPTER:]NAME=VALUE',
    accepts: 'NAME=VALUE, or ADAPTER:NAME=VALUE with the name of an --adapter',
    help: 'a variable for all adapters or for one (repeatable)',
  },
  columns: {
    type: 'string',
    value: 'NAME,…',
    accepts: `all, or some of ${FIGURE_NAMES.join(', ')}`,
    help: 'figures in the table (default: those that most look for; JSON and HTML have all)',
  },
  calibrate: {
    type: 'boolean',
    value: null,
    accepts: 'no value',
    help: 'also measure "null", an adapter that knows the answer and calls no app: about the most that this rig can do',
  },
  json: { type: 'string', value: 'FILE', accepts: 'a file name', help: 'also write everything measured to this file' },
  html: { type: 'string', value: 'FILE', accepts: 'a file name', help: 'also write a report with plots to this file' },
  against: {
    type: 'string',
    value: 'FILE',
    accepts: 'a file that --json wrote on this machine',
    help: 'tell what is better and worse than in these earlier results; exit with 3 when something is worse',
  },
  report: {
    type: 'string',
    value: 'FILE',
    accepts: 'a file that --json wrote',
    help: 'measure nothing: make table, --html and --against from these results',
  },
  smoke: {
    type: 'boolean',
    value: null,
    accepts: 'no value',
    help: 'every scenario for a moment, to see that answers and figures are sane; the times mean nothing',
  },
  help: { type: 'boolean', short: 'h', value: null, accepts: 'no value', help: 'show this text' },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;

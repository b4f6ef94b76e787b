/** One option of the command line: how help shows it and what an error says is accepted. */
export interface OptionHelp {
  /** Name of the value as help shows it; null for a switch. */
  readonly value: string | null;
  readonly accepts: string;
  readonly help: string;
  readonly short?: string;
}

export const EVENT_SOURCES = ['function-url', 'http-api', 'rest', 'alb', 'alb-multi-value'] as const;
export const INVOKE_MODES = ['buffered', 'response_stream'] as const;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html for the highest concurrency */
export const MAX_CONCURRENCY = 1600;

/** In the order in which help lists them. */
export const OPTIONS = {
  once: { value: null, accepts: 'no value', help: 'make a few requests, print what happened, exit 0 if all is well' },
  'app-port': {
    value: 'PORT',
    accepts: 'a port from 1 to 65535',
    help: 'where your app listens; without it the app is told a free port in PORT',
  },
  path: {
    value: 'PATH',
    accepts: 'a path such as /users?page=2',
    help: 'with --once: one more path to request (repeatable)',
  },
  concurrency: {
    value: 'N',
    accepts: `a whole number from 1 to ${MAX_CONCURRENCY}`,
    help: 'requests at once; above 1 as on Lambda Managed Instances (default 1)',
  },
  'event-source': {
    value: 'KIND',
    accepts: EVENT_SOURCES.join(', '),
    help: `what the requests come through: ${EVENT_SOURCES.join(', ')} (default function-url)`,
  },
  'invoke-mode': {
    value: 'MODE',
    accepts: INVOKE_MODES.join(' or '),
    help: 'buffered, or response_stream to pass answers on as they are written (default buffered)',
  },
  port: {
    value: 'PORT',
    accepts: 'a port from 0 to 65535',
    help: 'where to serve; 0 takes any free one (default 3000)',
  },
  timeout: { value: 'SECONDS', accepts: 'seconds from 1 to 900', help: "the function's timeout (default 30)" },
  'init-timeout': {
    value: 'SECONDS',
    accepts: 'seconds from 1 to 900',
    help: 'how long the app may take to start (default 10, as on Lambda)',
  },
  env: {
    value: 'NAME=VALUE',
    accepts: 'NAME=VALUE, such as AWS_LWA_REMOVE_BASE_PATH=/v1',
    help: 'a variable for the adapter (repeatable)',
  },
  adapter: { value: 'FILE', accepts: 'an executable file', help: 'run this adapter instead of the one built here' },
  'visible-concurrency': {
    value: null,
    accepts: 'no value',
    help: 'let the adapter see AWS_LAMBDA_MAX_CONCURRENCY; without it /opt/bootstrap hands it over',
  },
  verbose: { value: null, accepts: 'no value', help: 'show each step of the platform and all of the adapter’s log' },
  help: { value: null, accepts: 'no value', help: 'show this text', short: 'h' },
} as const satisfies Record<string, OptionHelp>;

export type OptionName = keyof typeof OPTIONS;

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

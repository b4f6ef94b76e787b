import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FRONT_DOORS } from '../emulator/front-doors.ts';
import { USER_FOLDER } from './invoked-as.ts';
import {
  EVENT_SOURCES,
  INVOKE_MODES,
  isOptionName,
  MAX_CONCURRENCY,
  OPTIONS,
  type OptionName,
} from './option-table.ts';

export interface DevOptions {
  readonly help: boolean;
  readonly once: boolean;
  readonly verbose: boolean;
  /** The user's own app and its arguments; null where there is none. */
  readonly command: readonly string[] | null;
  readonly appPort: number | null;
  /** What `--once` requests of an own app besides `/`. */
  readonly paths: readonly string[];
  readonly concurrency: number;
  readonly visibleConcurrency: boolean;
  readonly eventSource: (typeof EVENT_SOURCES)[number];
  readonly invokeMode: (typeof INVOKE_MODES)[number];
  readonly port: number;
  readonly timeoutMs: number;
  readonly initTimeoutMs: number;
  readonly adapter: string | null;
  readonly adapterEnv: Readonly<Record<string, string>>;
}

/** A command line that cannot be obeyed. The message names the option and what it accepts. */
export class UsageError extends Error {}

/** @throws {UsageError} */
export function parseOptions(args: readonly string[]): DevOptions {
  const { given, command } = collect(args);
  const last = (name: OptionName): string | undefined => given.get(name)?.at(-1);
  const appPort = last('app-port');
  const adapter = last('adapter');
  const eventSource = oneOf('event-source', last('event-source') ?? 'function-url', EVENT_SOURCES);
  const invokeMode = oneOf('invoke-mode', last('invoke-mode') ?? 'buffered', INVOKE_MODES);
  if (invokeMode === 'response_stream') checkStreams(eventSource);
  return {
    help: given.has('help'),
    once: given.has('once'),
    verbose: given.has('verbose'),
    command: command.length > 0 ? command : null,
    appPort: appPort === undefined ? null : integer('app-port', appPort, 1, 65_535),
    paths: (given.get('path') ?? []).map(requestPath),
    concurrency: integer('concurrency', last('concurrency') ?? '1', 1, MAX_CONCURRENCY),
    visibleConcurrency: given.has('visible-concurrency'),
    eventSource,
    invokeMode,
    port: integer('port', last('port') ?? '3000', 0, 65_535),
    timeoutMs: integer('timeout', last('timeout') ?? '30', 1, 900) * 1000,
    initTimeoutMs: integer('init-timeout', last('init-timeout') ?? '10', 1, 900) * 1000,
    adapter: adapter === undefined ? null : executable(adapter),
    adapterEnv: Object.fromEntries((given.get('env') ?? []).map(variable)),
  };
}

function collect(args: readonly string[]): { given: Map<OptionName, string[]>; command: string[] } {
  const { tokens } = parseArgs({ args: [...args], options: parseArgsOptions(), strict: false, tokens: true });
  const given = new Map<OptionName, string[]>();
  const command: string[] = [];
  let terminated = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') terminated = true;
    else if (token.kind === 'option') add(given, token.name, token.rawName, token.value, token.inlineValue ?? false);
    else if (terminated) command.push(token.value);
    else
      throw new UsageError(
        `"${token.value}" is not an option. Your app's command goes behind --, as in: -- node server.js`,
      );
  }
  return { given, command };
}

function parseArgsOptions(): Record<string, { type: 'boolean' | 'string'; short?: string }> {
  const entries = Object.entries(OPTIONS).map(([name, option]) => {
    const type = option.value === null ? ('boolean' as const) : ('string' as const);
    return [name, 'short' in option ? { type, short: option.short } : { type }] as const;
  });
  return Object.fromEntries(entries);
}

function add(
  given: Map<OptionName, string[]>,
  name: string,
  raw: string,
  value: string | undefined,
  inline: boolean,
): void {
  if (!isOptionName(name)) throw new UsageError(`there is no option ${raw}. --help lists those that there are`);
  if (OPTIONS[name].value === null) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value and got "${value}"`);
  } else if (value === undefined || (!inline && value.startsWith('-'))) {
    throw new UsageError(`--${name} needs a value: ${OPTIONS[name].accepts}`);
  }
  given.set(name, [...(given.get(name) ?? []), value ?? '']);
}

function integer(name: OptionName, text: string, first: number, last: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(number >= first && number <= last)) throw unacceptable(name, text);
  return number;
}

function oneOf<const T extends string>(name: OptionName, text: string, accepted: readonly T[]): T {
  const found = accepted.find((value) => value === text);
  if (found === undefined) throw unacceptable(name, text);
  return found;
}

function checkStreams(eventSource: DevOptions['eventSource']): void {
  if (FRONT_DOORS[eventSource].stream !== 'no') return;
  const streaming = EVENT_SOURCES.filter((source) => FRONT_DOORS[source].stream !== 'no');
  throw new UsageError(
    `--event-source ${eventSource} cannot stream: --invoke-mode response_stream goes with ${streaming.join(' or ')}`,
  );
}

function requestPath(text: string): string {
  if (!text.startsWith('/')) throw unacceptable('path', text);
  return text;
}

function variable(text: string): [string, string] {
  const parts = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
  if (parts?.[1] === undefined || parts[2] === undefined) throw unacceptable('env', text);
  return [parts[1], parts[2]];
}

function executable(path: string): string {
  const file = resolve(USER_FOLDER, path);
  try {
    accessSync(file, constants.X_OK);
    if (statSync(file).isFile()) return file;
  } catch {
    // Missing or not executable: the same answer.
  }
  throw unacceptable('adapter', path);
}

function unacceptable(name: OptionName, text: string): UsageError {
  return new UsageError(`--${name} ${text}: accepted is ${OPTIONS[name].accepts}`);
}

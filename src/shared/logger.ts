import { createRequire } from 'node:module';
import type Pino from 'pino';
import type { LogConfig, LogLevel } from './config.ts';

interface LogMethod {
  (message: string): void;
  (fields: object, message?: string): void;
}

export interface Logger extends Readonly<Record<LogLevel, LogMethod>> {
  isLevelEnabled(level: LogLevel): boolean;
}

const LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Names under which a credential could reach a log line; their values are never written, whatever the level. */
const CREDENTIALS = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-amz-security-token',
];

/**
 * A logger in the formats of Lambda's advanced logging controls, one write per line and thread-safe for that reason. pino is
 * loaded for the first line: a start without one is 3 to 5 ms shorter.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function createLogger(config: LogConfig): Logger {
  let loaded: Pino.Logger | null = null;
  const isLevelEnabled = (level: LogLevel): boolean => LEVELS.indexOf(level) >= LEVELS.indexOf(config.level);
  const method = (level: LogLevel): LogMethod => {
    if (!isLevelEnabled(level)) return () => {};
    return (first: string | object, message?: string) => {
      loaded ??= createPino(config);
      if (typeof first === 'string') loaded[level](first);
      else loaded[level](first, message);
    };
  };
  return {
    trace: method('trace'),
    debug: method('debug'),
    info: method('info'),
    warn: method('warn'),
    error: method('error'),
    fatal: method('fatal'),
    isLevelEnabled,
  };
}

function createPino(config: LogConfig): Pino.Logger {
  // The build knows this expression and puts pino beside the bundles.
  const pino: typeof Pino = createRequire(import.meta.url)('pino');
  const stdout = pino.destination({ fd: 1, sync: true });
  // A closed stdout must not end the process, which would end the whole execution environment.
  stdout.on('error', () => {});
  return pino(
    {
      level: config.level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
      redact: {
        paths: CREDENTIALS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]),
        censor: '[redacted]',
      },
    },
    config.format === 'json' ? stdout : { write: (line: string) => stdout.write(toText(line)) },
  );
}

/** `time  request id  LEVEL  message  {other fields}`, as Lambda's own runtimes write plain text. */
function toText(line: string): string {
  const { timestamp, level, message, requestId, ...rest }: Record<string, unknown> = JSON.parse(line);
  const columns = [timestamp, requestId ?? '-', level, message ?? ''];
  if (Object.keys(rest).length > 0) columns.push(JSON.stringify(rest));
  return `${columns.join('\t')}\n`;
}

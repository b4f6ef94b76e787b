import pino from 'pino';
import type { LogConfig } from './config.ts';

export type Logger = pino.Logger;

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
 * A logger in the formats of Lambda's advanced logging controls, one write per line and thread-safe for that reason.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function createLogger(config: LogConfig): Logger {
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

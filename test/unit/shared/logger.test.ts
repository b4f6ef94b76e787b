import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LogConfig } from '../../../src/shared/config.ts';

const MODULE = fileURLToPath(new URL('../../../src/shared/logger.ts', import.meta.url));
const SECRET = 'never-to-be-seen';

/** What a process of its own writes to stdout, line by line: the logger writes to the file descriptor. */
async function linesOf(config: LogConfig, calls: string): Promise<readonly string[]> {
  const program = `import { createLogger } from ${JSON.stringify(MODULE)};
    const logger = createLogger(${JSON.stringify(config)});
    ${calls}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout.slice(0, -1).split('\n');
}

describe('as JSON', () => {
  const records: Record<string, unknown>[] = [];
  let text = '';

  beforeAll(async () => {
    const credentials = [
      'authorization',
      'proxy-authorization',
      'cookie',
      'set-cookie',
      'x-api-key',
      'x-amz-security-token',
    ];
    const headers = JSON.stringify(Object.fromEntries(credentials.map((name) => [name, SECRET])));
    const lines = await linesOf(
      { format: 'json', level: 'debug' },
      `logger.info({ requestId: 'id-1', status: 200 }, 'served');
       logger.trace('too fine');
       logger.debug('two\\nlines');
       logger.warn({ requestId: 'id-2', ...${headers} }, 'top level');
       logger.error({ headers: ${headers} }, 'one level down');
       logger.fatal(new TypeError('broken'), 'caught');`,
    );
    text = lines.join('\n');
    for (const line of lines) records.push(JSON.parse(line));
  });

  it('a line has timestamp, level, message and request id, under the names that Lambda reads', () => {
    expect(records[0]).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'INFO',
      message: 'served',
      requestId: 'id-1',
      status: 200,
    });
  });

  it('a record is one line, whatever its message', () => {
    expect(records.map(({ message }) => message)).toEqual([
      'served',
      'two\nlines',
      'top level',
      'one level down',
      'caught',
    ]);
  });

  it('a level below the configured one is not written, the others are in capitals', () => {
    expect(records.map(({ level }) => level)).toEqual(['INFO', 'DEBUG', 'WARN', 'ERROR', 'FATAL']);
  });

  it('no credential is written, at the top or one level down', () => {
    expect(text).not.toContain(SECRET);
    expect(text.match(/\[redacted\]/g)).toHaveLength(12);
    expect(records[2]).toMatchObject({ requestId: 'id-2', authorization: '[redacted]' });
  });

  it('an error keeps its type and message', () => {
    expect(records[4]).toMatchObject({ err: { type: 'TypeError', message: 'broken' } });
  });
});

it('as text, a line has columns and what else is known behind them, without credentials', async () => {
  const lines = await linesOf(
    { format: 'text', level: 'info' },
    `logger.info({ requestId: 'id-1' }, 'served');
     logger.warn('no request');
     logger.error({ requestId: 'id-2', status: 500, headers: { cookie: '${SECRET}', accept: '*/*' } }, 'failed');
     logger.debug('too fine');`,
  );
  expect(lines.map((line) => line.split('\t').slice(1))).toEqual([
    ['id-1', 'INFO', 'served'],
    ['-', 'WARN', 'no request'],
    ['id-2', 'ERROR', 'failed', '{"status":500,"headers":{"cookie":"[redacted]","accept":"*/*"}}'],
  ]);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT/);
});

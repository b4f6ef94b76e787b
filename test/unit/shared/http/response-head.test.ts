import { describe, expect, it } from 'vitest';
import { HttpSyntaxError, parseHead } from '../../../../src/shared/http/response-head.ts';

function framingOf(...lines: readonly string[]): unknown {
  return parseHead(lines.join('\r\n')).framing;
}

function responseTo(...lines: readonly string[]): ReturnType<typeof parseHead> {
  return parseHead(lines.join('\r\n'));
}

describe('how a body ends', () => {
  it.each([
    ['with its length', ['HTTP/1.1 200 OK', 'Content-Length: 12'], 12],
    ['with the last chunk', ['HTTP/1.1 200 OK', 'Transfer-Encoding: Chunked'], 'chunked'],
    [
      'with the last chunk where a length is given as well',
      ['HTTP/1.1 200 OK', 'content-length: 3', 'transfer-encoding: chunked'],
      'chunked',
    ],
    ['with the connection', ['HTTP/1.1 200 OK'], 'until-close'],
    ['at once after an interim status', ['HTTP/1.1 100 Continue', 'content-length: 5'], 0],
    ['at once after 204', ['HTTP/1.1 204 No Content', 'transfer-encoding: chunked'], 0],
    ['at once after 304', ['HTTP/1.1 304 Not Modified', 'content-length: 5'], 0],
    ['with its length, given twice', ['HTTP/1.1 200 OK', 'content-length: 5', 'Content-Length: 5'], 5],
  ])('is %s', (_, lines, framing) => {
    expect(framingOf(...lines)).toBe(framing);
  });
});

describe('what is not HTTP/1.1', () => {
  it.each([
    ['another protocol', ['SSH-2.0-OpenSSH_9.6']],
    ['another version', ['HTTP/2 200']],
    ['a status of two digits', ['HTTP/1.1 20 OK']],
    ['a status of four digits', ['HTTP/1.1 2000 OK']],
    ['two lengths that disagree', ['HTTP/1.1 200 OK', 'content-length: 5', 'content-length: 6']],
    ['a list of lengths', ['HTTP/1.1 200 OK', 'content-length: 5, 5']],
    ['a negative length', ['HTTP/1.1 200 OK', 'content-length: -1']],
    ['a hexadecimal length', ['HTTP/1.1 200 OK', 'content-length: 0x5']],
    ['a length beyond all numbers', ['HTTP/1.1 200 OK', `content-length: ${'9'.repeat(30)}`]],
    ['a transfer coding that nobody knows', ['HTTP/1.1 200 OK', 'transfer-encoding: gzip, chunked']],
    ['a header line without a colon', ['HTTP/1.1 200 OK', 'nonsense']],
    ['a header line without a name', ['HTTP/1.1 200 OK', ': value']],
    ['a folded header line', ['HTTP/1.1 200 OK', 'a: b', ' c: d']],
    ['a carriage return in a value', ['HTTP/1.1 200 OK', 'a: b\rc: d']],
    ['a line feed in a value', ['HTTP/1.1 200 OK', 'a: b\nc: d']],
    ['a NUL', ['HTTP/1.1 200 OK', 'a: b\0']],
    ['a carriage return at the end of the last value', ['HTTP/1.1 200 OK', 'a: b\r']],
    ['a name with a space', ['HTTP/1.1 200 OK', 'a b: c']],
    ['a name with a space before the colon', ['HTTP/1.1 200 OK', 'a : c']],
    ['a name beyond ASCII', ['HTTP/1.1 200 OK', '\xe9: c']],
    [
      'a second transfer coding in a line of its own',
      ['HTTP/1.1 200 OK', 'transfer-encoding: chunked', 'transfer-encoding: gzip'],
    ],
  ])('is refused: %s', (_, lines) => {
    expect(() => parseHead(lines.join('\r\n'))).toThrow(HttpSyntaxError);
  });
});

describe('headers', () => {
  it('are found by their lower-case name, without the blanks around the value', () => {
    const { headers } = responseTo('HTTP/1.1 200 OK', 'Lambda-Runtime-Trace-Id: \t Root=1 \t', 'Empty:');
    expect([...headers]).toEqual([
      ['lambda-runtime-trace-id', 'Root=1'],
      ['empty', ''],
    ]);
  });

  it('keep a colon in the value', () => {
    expect(responseTo('HTTP/1.1 200 OK', 'arn: arn:aws:lambda').headers).toEqual([['arn', 'arn:aws:lambda']]);
  });

  it('keep a UTF-8 value whole even if its last byte looks like a no-break space', () => {
    const value = Buffer.from('Città').toString('latin1');
    expect(responseTo('HTTP/1.1 200 OK', `tenant: ${value}`).headers).toEqual([['tenant', value]]);
  });

  it('that come twice are there twice, in the order in which they came', () => {
    expect(responseTo('HTTP/1.1 200 OK', 'a: 1', 'b: 2', 'A: 3').headers).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ]);
  });
});

describe('the connection', () => {
  it.each([
    [true, ['HTTP/1.1 200 OK', 'content-length: 0']],
    [false, ['HTTP/1.1 200 OK', 'content-length: 0', 'Connection: Close']],
    [false, ['HTTP/1.1 200 OK']],
    [false, ['HTTP/1.0 200 OK', 'content-length: 0']],
    [true, ['HTTP/1.0 200 OK', 'content-length: 0', 'connection: Keep-Alive']],
    [true, ['HTTP/1.1 204']],
    [true, ['HTTP/1.1 204', 'x-state: close', 'connection: closed, x-close']],
    [false, ['HTTP/1.1 204', 'connection: keep-alive', 'connection: x ,\tCLOSE\t, y']],
    [false, ['HTTP/1.0 204', 'connection: upgrade', 'x-connection: keep-alive']],
    [true, ['HTTP/1.0 204', 'connection: x ,\tkeep-alive\t, y']],
  ])('is kept (%s) after %j', (keepAlive, lines) => {
    expect(responseTo(...lines).keepAlive).toBe(keepAlive);
  });
});

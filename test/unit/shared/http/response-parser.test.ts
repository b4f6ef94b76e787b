import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../../../src/main/http-client/http-response.ts';
import { ResponseCollector } from '../../../../src/main/http-client/response-collector.ts';
import { HttpSyntaxError } from '../../../../src/shared/http/response-head.ts';
import { ResponseParser } from '../../../../src/shared/http/response-parser.ts';

function parse(...pieces: readonly string[]): { parser: ResponseParser; responses: HttpResponse[] } {
  const responses: HttpResponse[] = [];
  const parser = new ResponseParser(new ResponseCollector((response) => responses.push(response)));
  for (const piece of pieces) parser.push(ownMemory(piece));
  return { parser, responses };
}

/** Like what a socket gives: memory of its own. */
function ownMemory(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text, 'latin1'));
  bytes.write(text, 'latin1');
  return bytes;
}

function bodyOf(response: HttpResponse | undefined): string | undefined {
  return response && Buffer.concat(response.body).toString('latin1');
}

function headOf(length: number): string {
  return `${'HTTP/1.1 204 No Content\r\na: '.padEnd(length, 'x')}\r\n\r\n`;
}

describe('a response', () => {
  it('with a length is complete with its last byte and not before', () => {
    const { parser, responses } = parse('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n', 'hell');
    expect(responses).toEqual([]);
    expect(parser.idle).toBe(false);
    parser.push(ownMemory('o'));
    expect(bodyOf(responses[0])).toBe('hello');
    expect(parser.idle).toBe(true);
  });

  it('without a body is complete with its head', () => {
    const heads = ['200 OK\r\ncontent-length: 0', '204 No Content', '304 Not Modified\r\ncontent-length: 9'];
    const { responses } = parse(...heads.map((head) => `HTTP/1.1 ${head}\r\n\r\n`));
    expect(responses.map(({ status }) => status)).toEqual([200, 204, 304]);
  });

  it('in chunks is put together, whatever extensions and trailers come with them', () => {
    const { responses } = parse(
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n' +
        '5;name="v;w"\r\nhello\r\n000C \t;x\r\n, wide world\r\n0\r\nTrailer-One: 1\r\nTrailer-Two: 2\r\n\r\n',
    );
    expect(responses.map(bodyOf)).toEqual(['hello, wide world']);
  });

  it('comes after the interim ones, which are not handed on', () => {
    const { responses } = parse(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n',
    );
    expect(responses.map(({ status }) => status)).toEqual([202]);
  });

  it('without a length ends with the connection', () => {
    const { parser, responses } = parse('HTTP/1.0 200 OK\r\n\r\nto the', ' end');
    expect(responses).toEqual([]);
    parser.end();
    expect(responses.map(bodyOf)).toEqual(['to the end']);
  });

  it('can follow another at once', () => {
    const one = 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\none';
    const two = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n';
    expect(parse(one + two + one).responses.map(bodyOf)).toEqual(['one', 'two', 'one']);
  });

  it('to a HEAD has no body, whatever its head says, and leaves the connection usable', () => {
    for (const headers of ['content-length: 5\r\n', 'transfer-encoding: chunked\r\n', '']) {
      const responses: HttpResponse[] = [];
      const parser = new ResponseParser(new ResponseCollector((response) => responses.push(response)));
      parser.isBodyless = true;
      parser.push(ownMemory(`HTTP/1.1 200 OK\r\n${headers}\r\n`));
      expect(responses.map(({ body, keepAlive }) => [body, keepAlive])).toEqual([[[], true]]);
      expect(parser.idle).toBe(true);
    }
  });

  it('that switches protocols is refused', () => {
    expect(() => parse('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n')).toThrow(HttpSyntaxError);
  });

  it('tells its status when the head is there', () => {
    const heads: number[] = [];
    const parser = new ResponseParser(
      new ResponseCollector(
        () => {},
        ({ status }) => heads.push(status),
      ),
    );
    parser.push(ownMemory('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n'));
    expect(heads).toEqual([]);
    parser.push(ownMemory('\r\n'));
    expect(heads).toEqual([200]);
  });
});

describe('memory that is passed on while it is read', () => {
  it.each(['content-length: 4', 'transfer-encoding: chunked', 'x: until the end'])(
    'is not looked at again: %s',
    (framing) => {
      const bodies: string[] = [];
      let ended = 0;
      const parser = new ResponseParser({
        onHead() {},
        onBody(bytes) {
          bodies.push(bytes.toString());
          if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0);
        },
        onEnd: () => ended++,
      });
      parser.push(ownMemory(`HTTP/1.1 200 OK\r\n${framing}\r\n\r\n`));
      if (framing.includes('chunked')) parser.push(ownMemory('4\r\n'));
      parser.push(ownMemory('four'));
      if (framing.includes('chunked')) parser.push(ownMemory('\r\n0\r\n\r\n'));
      parser.end();
      expect([bodies, ended]).toEqual([['four'], 1]);
    },
  );
});

describe('the end of the connection', () => {
  it('between responses is nothing special', () => {
    const { parser } = parse('HTTP/1.1 204 No Content\r\n\r\n');
    expect(() => parser.end()).not.toThrow();
  });

  it.each([
    'HTTP/1.1 200 OK\r\ncontent-le',
    'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhell',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n',
  ])('in the middle of %j is an error', (text) => {
    const { parser, responses } = parse(text);
    expect(() => parser.end()).toThrow(HttpSyntaxError);
    expect(responses).toEqual([]);
  });
});

describe('what a peer must not send', () => {
  const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

  it.each([
    ['a chunk size that is no number', `${CHUNKED}five\r\n`],
    ['a negative chunk size', `${CHUNKED}-5\r\n`],
    ['an empty chunk size', `${CHUNKED}\r\n`],
    ['a chunk size beyond all numbers', `${CHUNKED}${'f'.repeat(13)}\r\n`],
    ['a chunk that is longer than its size', `${CHUNKED}4\r\nhello\r\n`],
    ['a chunk size with a control behind it', `${CHUNKED}1;\x01\r\n`],
    ['a chunk size whose line has half an end', `${CHUNKED}1;\n\r\n`],
    ['a chunk size that ends with half a line end, when nothing else comes', `${CHUNKED}5\nhello`],
    ['a trailer that ends with half a line end, when nothing else comes', `${CHUNKED}0\r\na: b\n`],
    ['a line feed where the trailers end', `${CHUNKED}0\r\n\n`],
    ['a trailer without a name', `${CHUNKED}0\r\nHTTP/1.1 200 OK\r\n`],
    ['a trailer with a control', `${CHUNKED}0\r\na: \0\r\n`],
    ['a first line that ends with half a line end, when nothing else comes', 'HTTP/1.1 200 OK\n'],
    ['a chunk with something else behind it', `${CHUNKED}4\r\nhellxx0\r\n\r\n`],
    ['a chunk with half a line end behind it', `${CHUNKED}4\r\nhell\rx0\r\n\r\n`],
    ['a chunk with the other half behind it', `${CHUNKED}4\r\nhellx\n0\r\n\r\n`],
    ['a head without end', 'x'.repeat(256 * 1024 + 1)],
    ['a chunk size line without end', `${CHUNKED}1;${'x'.repeat(4096)}`],
    ['a chunk size line that is too long', `${CHUNKED}1;${'x'.repeat(4096)}\r\n`],
    ['a trailer without end', `${CHUNKED}0\r\n${'x'.repeat(4097)}`],
  ])('is refused: %s', (_, text) => {
    expect(() => parse(text)).toThrow(HttpSyntaxError);
  });

  it('is refused in pieces too, so that nothing is gathered without limit', () => {
    const { parser } = parse('HTTP/1.1 200 OK\r\n');
    const line = ownMemory(`x: ${'y'.repeat(1020)}\r\n`);
    const flood = (): void => {
      for (let count = 0; count < 300; count++) parser.push(line);
    };
    expect(flood).toThrow(HttpSyntaxError);
  });
});

describe('the most that is taken', () => {
  const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

  it('of a head is the same, however it comes', () => {
    const longest = headOf(256 * 1024);
    const tooLong = headOf(256 * 1024 + 1);
    for (let cut = 0; cut <= 6; cut++) {
      expect(parse(longest.slice(0, longest.length - cut), longest.slice(longest.length - cut)).responses).toHaveLength(
        1,
      );
      const pieces = [tooLong.slice(0, tooLong.length - cut), tooLong.slice(tooLong.length - cut)];
      expect(() => parse(...pieces)).toThrow(HttpSyntaxError);
    }
  });

  it.each([
    ['the size of a chunk', (length: number) => `${CHUNKED}${'0;'.padEnd(length, 'x')}\r\n\r\n`],
    ['a trailer', (length: number) => `${CHUNKED}0\r\n${'a:'.padEnd(length, 'x')}\r\n\r\n`],
  ])('of the line with %s is 4 KiB', (_, textOf) => {
    expect(parse(textOf(4096)).responses).toHaveLength(1);
    expect(() => parse(textOf(4097))).toThrow(HttpSyntaxError);
  });
});

describe('the memory of a body', () => {
  const WHOLE = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nonetwo';
  const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nonetwo\r\n0\r\n\r\n';

  it.each([WHOLE, CHUNKED])('is its own: what was read is overwritten by the next read (%j)', (text) => {
    const socket = Buffer.alloc(WHOLE.length + CHUNKED.length);
    for (let cut = 1; cut < text.length; cut++) {
      const responses: HttpResponse[] = [];
      const parser = new ResponseParser(new ResponseCollector((response) => responses.push(response)));
      for (const piece of [text.slice(0, cut), text.slice(cut)]) {
        socket.write(piece, 'latin1');
        parser.push(socket.subarray(0, piece.length));
        socket.fill('!');
      }
      expect(responses.map(bodyOf)).toEqual(['onetwo']);
    }
  });

  it('is one piece when its length is known', () => {
    const { responses } = parse('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\no', 'ne', 'two');
    expect(responses[0]?.body.map(String)).toEqual(['onetwo']);
  });

  it('is taken as it comes when the length is beyond any event', () => {
    const parser = new ResponseParser(new ResponseCollector(() => {}));
    const before = process.memoryUsage().arrayBuffers;
    parser.push(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 999999999999999\r\n\r\nabc'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
    expect(parser.idle).toBe(false);
  });
});

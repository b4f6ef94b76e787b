import type { Method } from './clients.ts';
import type { Outcome } from './outcome.ts';

interface Case {
  readonly method: Method;
  readonly text: string;
  readonly ours: Outcome;
  readonly theirs: Outcome;
}

/** A kind of response that one client refuses and the other does not. */
interface Difference {
  readonly what: string;
  readonly example: { readonly method: Method; readonly text: string };
  readonly applies: (found: Case) => boolean;
}

export const KNOWN_DIFFERENCES: readonly Difference[] = [
  {
    what: 'we take a length that is given twice if it is the same: proxies do that',
    example: { method: 'GET', text: 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\na' },
    applies: (found) =>
      theyRefuse(found, /content-length/i) &&
      /\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n(?:[^\r]+\r\n)*content-length:[ \t]*\1[ \t]*\r\n/i.test(found.text),
  },
  {
    what: 'we take a length behind the last chunk, where it means nothing',
    example: {
      method: 'GET',
      text: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\ncontent-length: 1\r\n\r\n',
    },
    applies: (found) =>
      theyRefuse(found, /content-length/i) && /\r\n0+[^\r]*\r\n(?:[^\r]+\r\n)*content-length:/i.test(found.text),
  },
  {
    what: 'we take what contradicts itself about a body that a response to this method or with this status does not have',
    example: { method: 'HEAD', text: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 1\r\n\r\n' },
    applies: (found) =>
      theyRefuse(found, /content-length/i) && (found.method === 'HEAD' || /HTTP\/1\.[01] (?:204|304)/.test(found.text)),
  },
  {
    what: 'we take blanks behind the size of a chunk: old servers pad it with them',
    example: { method: 'GET', text: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1  \r\na\r\n0  \r\n\r\n' },
    applies: (found) => theyRefuse(found, /chunk size/) && /\r\n[0-9a-f]+[ \t]+(?:;[^\r]*)?\r\n/i.test(found.text),
  },
  {
    what: 'we refuse a coding that was not asked for, where they hand on what it makes of the body',
    example: { method: 'GET', text: 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n' },
    applies: (found) => weRefuse(found, /the transfer coding .* is not known/),
  },
  {
    what: 'we refuse an empty line, or half of one, in front of a response',
    example: { method: 'GET', text: '\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n' },
    applies: (found) => weRefuse(found, /first line|half a line end/) && /(?:^|\r\n\r\n)[\r\n]+HTTP/.test(found.text),
  },
  {
    what: 'we take a control in a header that goes no further',
    example: { method: 'GET', text: 'HTTP/1.1 200 OK\r\nTrailer: a\x01b\r\ncontent-length: 0\r\n\r\n' },
    applies: (found) =>
      theyRefuse(found, /header value/i) &&
      // oxlint-disable-next-line no-control-regex
      /\r\n(?:connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade):[^\r\n]*[\x01-\x08\x0b-\x1f\x7f]/i.test(
        found.text,
      ),
  },
  {
    what: 'we refuse a NUL in the reason behind the status',
    example: { method: 'GET', text: 'HTTP/1.1 200 O\0K\r\ncontent-length: 0\r\n\r\n' },
    applies: (found) => weRefuse(found, /NUL/) && /HTTP\/1\.[01] \d{3} [^\r\n]*\0/.test(found.text),
  },
];

function theyRefuse({ ours, theirs }: Case, reason: RegExp): boolean {
  return ours.kind === 'answered' && theirs.kind === 'refused' && reason.test(theirs.reason);
}

function weRefuse({ ours, theirs }: Case, reason: RegExp): boolean {
  return ours.kind === 'refused' && theirs.kind !== 'refused' && reason.test(ours.reason);
}

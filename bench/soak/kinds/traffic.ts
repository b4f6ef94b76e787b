import type { EventSource } from '../../emulator/front-doors.ts';
import { markedBytes } from '../marked-bytes.ts';
import { pick, type Draft, type Kind } from './kind.ts';
import { answered, viaHttp, viaQueue } from './requests.ts';

const SOURCES: readonly [EventSource, ...EventSource[]] = [
  'function-url',
  'http-api',
  'rest',
  'alb',
  'alb-multi-value',
];
/** A load balancer takes 1 MB of JSON; these take 6. */
const LARGE_SOURCES = ['function-url', 'rest'] as const;
const SIZES = [100, 10_000, 100_000, 1024 * 1024] as const;
const LARGE_BYTES = 200_000;
const CODINGS = ['gzip', 'br', 'zstd', 'gzip;q=0.5, br'] as const;

/** What goes well. */
export const TRAFFIC: readonly Kind[] = [
  { name: 'small JSON', weight: 45, make: smallJson },
  { name: 'upload', weight: 10, make: upload },
  { name: 'download', weight: 10, make: download },
  { name: 'compressed page', weight: 8, make: compressedPage },
  { name: 'queue message', weight: 10, make: queueMessage },
  { name: 'no body', weight: 4, make: noBody },
  { name: 'server-sent events', weight: 5, make: serverSentEvents },
  { name: 'slow reader', weight: 2, make: slowReader },
];

function smallJson(draft: Draft) {
  const target = `/json?page=${draft.random(100)}`;
  return viaHttp(draft, pick(SOURCES, draft.random), { target }, answered(JSON.stringify({ id: draft.id })));
}

function upload(draft: Draft) {
  const bytes = pick(SIZES, draft.random);
  const type = pick(['text/plain', 'application/octet-stream'], draft.random);
  const request = {
    target: '/upload',
    method: 'POST',
    headers: [['Content-Type', type]],
    body: markedBytes(draft.id, bytes),
  } as const;
  return viaHttp(draft, sourceFor(bytes, draft), request, answered(JSON.stringify({ id: draft.id, bytes })));
}

function download(draft: Draft) {
  const bytes = pick(SIZES, draft.random);
  const type = pick(['text/plain', 'image/png'], draft.random);
  const target = `/bytes?bytes=${bytes}&type=${type}`;
  return viaHttp(draft, sourceFor(bytes, draft), { target }, answered(markedBytes(draft.id, bytes)));
}

function compressedPage(draft: Draft) {
  const bytes = 50_000 + draft.random(50_000);
  const target = `/bytes?bytes=${bytes}&type=text/html`;
  const headers = [['Accept-Encoding', pick(CODINGS, draft.random)]] as const;
  return viaHttp(draft, sourceFor(bytes, draft), { target, headers }, answered(markedBytes(draft.id, bytes)));
}

function queueMessage(draft: Draft) {
  return viaQueue(draft, 'answer', { kind: 'event', body: JSON.stringify({ id: draft.id, batchItemFailures: [] }) });
}

function noBody(draft: Draft) {
  const source = pick(SOURCES, draft.random);
  return draft.random(2) === 0
    ? viaHttp(draft, source, { target: '/empty' }, answered('', 204))
    : viaHttp(draft, source, { target: '/bytes?bytes=5000', method: 'HEAD' }, answered(''));
}

function serverSentEvents(draft: Draft) {
  const events = 1 + draft.random(10);
  const body = `data: ${draft.id}\n\n`.repeat(events);
  return viaHttp(draft, pick(LARGE_SOURCES, draft.random), { target: `/sse?events=${events}` }, answered(body));
}

function slowReader(draft: Draft) {
  const bytes = 1024 * 1024;
  const request = { target: `/bytes?bytes=${bytes}`, readDelayMs: 5 };
  return viaHttp(draft, pick(LARGE_SOURCES, draft.random), request, answered(markedBytes(draft.id, bytes)));
}

function sourceFor(bytes: number, { random }: Draft): EventSource {
  return bytes > LARGE_BYTES ? pick(LARGE_SOURCES, random) : pick(SOURCES, random);
}

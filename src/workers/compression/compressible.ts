import { findHeader, type ResponseHead } from '../response/head.ts';
import { parseMediaType } from '../response/media-type.ts';
import { isEncoded } from '../response/text-or-base64.ts';

/** Below this the headers that compression adds cost more than it saves. */
export const MIN_COMPRESSIBLE_BYTES = 32;

const COMPRESSED_FAMILIES = ['image/', 'video/', 'audio/', 'font/woff', 'application/font-woff'];

/** Zip containers by another name. */
const ZIP_FAMILIES = ['application/vnd.openxmlformats-officedocument.', 'application/vnd.oasis.opendocument.'];

const UNCOMPRESSED_IMAGES: ReadonlySet<string> = new Set(['image/svg+xml', 'image/bmp', 'image/x-ms-bmp']);

const COMPRESSED_TYPES: ReadonlySet<string> = new Set([
  'application/zip',
  'application/gzip',
  'application/x-gzip',
  'application/zstd',
  'application/x-bzip2',
  'application/x-xz',
  'application/x-7z-compressed',
  'application/vnd.rar',
  'application/x-rar-compressed',
  'application/java-archive',
  'application/pdf',
]);

/** Whether compression may change this response at all, whatever the client accepts and however long the body is. */
export function isCompressible({ status, headers }: ResponseHead, isStreamed: boolean): boolean {
  // A part of a representation is a part of its plain form.
  if (status === 206 || findHeader(headers, 'content-range') !== null) return false;
  if (isEncoded(headers) || forbidsTransformation(headers)) return false;
  const contentType = findHeader(headers, 'content-type');
  return contentType === null || gainsFromCompression(parseMediaType(contentType).essence, isStreamed);
}

function gainsFromCompression(type: string, isStreamed: boolean): boolean {
  // gRPC compresses its own messages. Events that are flushed one by one keep their pace; a few that come all at once are
  // for a client that is about to ask again.
  if (type.startsWith('application/grpc') || (type === 'text/event-stream' && !isStreamed)) return false;
  if (UNCOMPRESSED_IMAGES.has(type)) return true;
  if (COMPRESSED_TYPES.has(type) || type.endsWith('+zip')) return false;
  return ![...COMPRESSED_FAMILIES, ...ZIP_FAMILIES].some((family) => type.startsWith(family));
}

/** @see https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.6 */
function forbidsTransformation(headers: ResponseHead['headers']): boolean {
  return headers.some(([name, value]) => name === 'cache-control' && /(?:^|[\s,])no-transform(?:$|[\s,])/i.test(value));
}

/** What a `content-type` says, in lower case. */
export interface MediaType {
  /** Type and subtype without parameters. */
  readonly essence: string;
  readonly charset: string | null;
}

const CHARSET = /;[\t ]*charset[\t ]*=[\t ]*"?([^\s";]+)/i;

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3 */
export function parseMediaType(contentType: string): MediaType {
  const end = contentType.indexOf(';');
  if (end === -1) return { essence: contentType.trim().toLowerCase(), charset: null };
  const charset = CHARSET.exec(contentType)?.[1] ?? null;
  return { essence: contentType.slice(0, end).trim().toLowerCase(), charset: charset?.toLowerCase() ?? null };
}

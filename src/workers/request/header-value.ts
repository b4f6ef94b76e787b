const NEEDS_WORK = /[^\t\x20-\x7e]/;
/** Every control but tab. */
const CONTROL = /[^\t\x20-\x7e\x80-\uffff]/g;

/**
 * Text as a field value may hold it, one character per byte.
 *
 * Controls become spaces, as RFC 9110 demands for CR, LF and NUL: dropping them would join what was apart. Text beyond
 * ASCII goes as its UTF-8 bytes. Spaces at the ends stay.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
export function headerValue(text: string): string {
  if (!NEEDS_WORK.test(text)) return text;
  return Buffer.from(text.replace(CONTROL, ' '), 'utf8').toString('latin1');
}

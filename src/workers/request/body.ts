import { CutBody } from './cut-body.ts';
import { invalidField, textOf } from './fields.ts';

/** Both alphabets, line breaks and tabs between, padding at the end. */
const BASE64 = /^[A-Za-z0-9+/\-_\r\n\t]*(?:=[=\r\n\t]*)?$/;
const NO_DIGIT = /[=\r\n\t]/g;

/**
 * The request body: the text's UTF-8 bytes, or what its base64 says; null when it is empty.
 *
 * @throws {AdapterError} `Function.InvalidEvent` for a body that is no text, or no base64 where it says it is
 */
export function bodyOf(value: unknown, field: string, isBase64: unknown): Uint8Array | null {
  const isEncoded = isBase64 === true || isBase64 === 'true';
  if (value instanceof CutBody) return isEncoded ? value.decoded : value.text;
  const text = textOf(value, field);
  if (text === '') return null;
  if (!isEncoded) return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text, 'base64');
  if (!isCanonical(text, bytes.length) && !isLenientBase64(text)) {
    throw invalidField(field, value, 'base64, as the event says that it is');
  }
  return bytes.length === 0 ? null : bytes;
}

/** The decoder skips what is no base64, so the expected length proves that nothing was skipped. */
function isCanonical(text: string, decodedLength: number): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return text.length % 4 === 0 && decodedLength === (text.length / 4) * 3 - padding;
}

/** Spaces inside are refused: plain words with spaces would pass for base64, and so would a `+` that a form decoder ate. */
function isLenientBase64(text: string): boolean {
  const trimmed = text.trim();
  return BASE64.test(trimmed) && trimmed.replace(NO_DIGIT, '').length % 4 !== 1;
}

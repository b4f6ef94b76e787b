import { isAscii } from 'node:buffer';
import { MAX_ANSWER_BYTES, responseTooLarge } from './limits.ts';

/**
 * The JSON text of an answer.
 *
 * @param envelope everything but the body
 * @throws AdapterError `Function.ResponseTooLarge`
 */
export function jsonAnswer(envelope: object, body: Buffer, isText: boolean): Buffer {
  const text = isText ? textOf(body) : body.toString('base64');
  const json = Buffer.from(JSON.stringify({ ...envelope, body: text, isBase64Encoded: !isText }));
  if (json.byteLength > MAX_ANSWER_BYTES) throw responseTooLarge(`it is ${json.byteLength} bytes as JSON`);
  return json;
}

/** Reading ASCII as ISO-8859-1 spares the UTF-8 decoder. */
function textOf(body: Buffer): string {
  return body.toString(isAscii(body) ? 'latin1' : 'utf8');
}

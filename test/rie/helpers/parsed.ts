import type { RieAnswer } from './rie.ts';

/** The answer as a JSON object. */
export function jsonOf({ body }: RieAnswer): Record<string, unknown> {
  return parseObject(body.toString());
}

/** The app's JSON inside the answer that a gateway would read. */
export function appJsonOf(answer: RieAnswer): Record<string, unknown> {
  return parseObject(String(jsonOf(answer)['body']));
}

/** The context header that the app echoed. */
export function lambdaContextOf(answer: RieAnswer): Record<string, unknown> {
  const { headers } = appJsonOf(answer);
  return parseObject(String(new Map(Object.entries(Object(headers))).get('x-amzn-lambda-context')));
}

/** A streamed answer with its prelude, which the emulator leaves in. */
export function streamOf({ body }: RieAnswer): { readonly prelude: Record<string, unknown>; readonly body: string } {
  const text = body.toString();
  const end = text.indexOf('\0'.repeat(8));
  return { prelude: parseObject(text.slice(0, end)), body: text.slice(end + 8) };
}

function parseObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`not an object: ${text}`);
  return { ...value };
}

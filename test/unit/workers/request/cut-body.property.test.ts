import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { bodyOf } from '../../../../src/workers/request/body.ts';
import { CutBody } from '../../../../src/workers/request/cut-body.ts';
import { isObject } from '../../../../src/workers/request/fields.ts';
import { parseEvent } from '../../../../src/workers/request/parse-event.ts';

const raw = Buffer.from(Array.from({ length: 40_000 }, (_, index) => (index * index * 31 + (index >> 3)) % 256));

/** Base64 on both sides of the size from which on bodies are cut out, with every padding, in both alphabets. */
const base64 = fc
  .tuple(fc.constantFrom(0, 3, 30_000, 33_001, 36_865, 39_998, 40_000), fc.boolean())
  .map(([length, isUrl]) => {
    const text = raw.subarray(0, length).toString('base64');
    return isUrl ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
  });
/** Bytes as latin1: the last two are no UTF-8. */
const odd = fc.constantFrom(
  '=',
  '==',
  ' ',
  '\n',
  '\0',
  '\x7f',
  '\\',
  '\\/',
  '\\n',
  '\\u0041',
  '\\"',
  '"',
  'A',
  '\u00c3\u00a9',
  '\u00f0\u009f\u0098\u0080',
  '\u00ff',
  '\u00c3',
);
const oddBase64 = fc.tuple(base64, odd, fc.nat()).map(([content, what, at]) => insert(content, what, at));
const text = fc
  .oneof({ weight: 6, arbitrary: base64 }, { weight: 1, arbitrary: oddBase64 })
  .map((content) => `"${content}"`);
const small = fc.constantFrom(
  'null',
  '1',
  '""',
  '"YQ=="',
  '"x"',
  '"a \\"body\\":\\"b"',
  '{}',
  '[]',
  `"${'x'.repeat(200)}"`,
);
const nested = text.map((value) => `{"body":${value}}`);
const name = fc.constantFrom(
  '"body"',
  '"a"',
  '"\\u0062ody"',
  '"Body"',
  '"x\\"body"',
  '"body\\""',
  '"__proto__"',
  '"7"',
);
const space = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('', ' ', '\n\t', '\r') },
  { weight: 1, arbitrary: fc.constantFrom(' '.repeat(20), '\x0b') },
);
const memberOf = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc
    .tuple(space, key, space, space, value, space)
    .map(([a, keyText, b, c, valueText, d]) => `${a}${keyText}${b}:${c}${valueText}${d}`);
const largeBody = memberOf(fc.constant('"body"'), text);
const other = memberOf(
  name,
  fc.oneof({ weight: 8, arbitrary: small }, { weight: 1, arbitrary: text }, { weight: 1, arbitrary: nested }),
);
const around = fc.constantFrom<[string, string]>(
  ['{', '}'],
  ['{', '}'],
  ['\u00ef\u00bb\u00bf{', '} '],
  ['[{', '}]'],
  ['{"a":{', '}}'],
  ['"', '"'],
);
const whole = fc
  .tuple(fc.array(other, { maxLength: 2 }), largeBody, fc.array(other, { maxLength: 2 }), around)
  .map(([before, large, behind, [start, end]]) => `${start}${[...before, large, ...behind].join(',')}${end}`);

/** Now and then cut off somewhere, or with something in it that does not belong there. */
const event = fc
  .tuple(whole, fc.constantFrom('none', 'none', 'none', 'none', 'truncated', 'disturbed'), fc.nat(), odd)
  .map(([json, damage, at, what]) => {
    if (damage === 'truncated') return json.slice(0, at % json.length);
    return damage === 'disturbed' ? insert(json, what, at) : json;
  })
  .map((json) => Buffer.from(json, 'latin1'));

function insert(into: string, what: string, at: number): string {
  const position = at % (into.length + 1);
  return into.slice(0, position) + what + into.slice(position);
}

/** What the language says about the bytes. */
function reference(bytes: Uint8Array): { readonly value: unknown } | { readonly problem: string } {
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: `its ${bytes.length} bytes are not valid UTF-8; accepted: JSON text in UTF-8` };
  }
  try {
    return { value: JSON.parse(json) };
  } catch {
    const isEmpty = json.trim() === '';
    return {
      problem: isEmpty
        ? 'it is empty; accepted: one JSON value'
        : `its ${bytes.length} bytes are not one JSON value (RFC 8259)`,
    };
  }
}

function bodyIn(parsed: unknown, isBase64: boolean): unknown {
  try {
    const body = isObject(parsed) ? bodyOf(parsed.body, 'body', isBase64) : null;
    return body && Buffer.from(body);
  } catch (error) {
    return error;
  }
}

it('an event is what JSON.parse says, and its body the same, whether or not it was cut out', () => {
  const seen = { cut: 0, kept: 0, refused: 0 };
  fc.assert(
    fc.property(event, (bytes) => {
      const expected = reference(bytes);
      if ('problem' in expected) {
        seen.refused++;
        const errorType = 'Function.InvalidEvent';
        const message = `the event cannot become a request: ${expected.problem}`;
        expect(() => parseEvent(bytes)).toThrow(expect.objectContaining({ errorType, message }));
        return;
      }
      const { value: parsed } = parseEvent(bytes);
      const isCut = isObject(parsed) && parsed.body instanceof CutBody;
      seen[isCut ? 'cut' : 'kept']++;
      for (const isBase64 of [true, false]) {
        expect(bodyIn(parsed, isBase64)).toEqual(bodyIn(expected.value, isBase64));
      }
      expect(withoutBody(parsed)).toEqual(withoutBody(expected.value));
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(seen.cut, seen.kept, seen.refused)).toBeGreaterThan(100);
});

/** Names in their order too. */
function withoutBody(parsed: unknown): unknown {
  return isObject(parsed) ? Object.entries(parsed).map(([key, of]) => [key, key === 'body' ? null : of]) : parsed;
}

it('a text as long as what stands in for the body is not taken for it', () => {
  const upload = raw.toString('base64');
  for (let length = 0; length < 200; length++) {
    const bytes = Buffer.from(`{"body":"${upload}","body":"${'x'.repeat(length)}"}`);
    expect(parseEvent(bytes).value).toEqual({ body: 'x'.repeat(length) });
  }
});

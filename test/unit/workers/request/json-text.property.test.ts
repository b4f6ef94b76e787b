import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memberNames, memberText } from '../../../../src/workers/request/json-text.ts';

/** What breaks scanners: quotes, escapes, brackets and separators in strings, halves of characters, names of numbers. */
const oddText = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'a', ' ', '\n', 'é', '/') }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'a', 'b', '0', '7', '4294967295', '-1', '__proto__', 'constructor', '\ud800'),
);

/** Any spelling of a string that means the text: each code as it is, where it may be, or escaped. */
const spelled = fc.tuple(oddText, fc.infiniteStream(fc.boolean())).map(([text, escapes]) => {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  const written = units.map((unit) =>
    escapes.next().value === true
      ? `\\u${unit.toString(16).padStart(4, '0')}`
      : JSON.stringify(String.fromCharCode(unit)).slice(1, -1),
  );
  return `"${written.join('')}"`;
});
/**
 * Without backslashes: when V8 14.6 has seen an object with the name `\`, its `JSON.parse` takes the name `\u0000` of the
 * next one for the same.
 */
const spelledName = spelled.filter((name) => !JSON.parse(name).includes('\\'));
const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
const literal = fc.constantFrom('null', 'true', 'false', '0', '-0', '1.50', '1e5', '12345678901234567890');

/** JSON texts, not values: only texts have whitespace, escapes, members twice, and digits beyond 2^53. */
const { jsonObject } = fc.letrec<{ value: string; jsonObject: string; list: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, literal, spelled, tie('list'), tie('jsonObject')),
  list: fc.tuple(fc.array(fc.tuple(space, tie('value'), space), { maxLength: 4 }), space).map(([items, end]) => {
    const written = items.map((parts) => parts.join(''));
    return `[${written.join(',')}${end}]`;
  }),
  jsonObject: fc
    .tuple(fc.array(fc.tuple(space, spelledName, space, space, tie('value'), space), { maxLength: 6 }), space)
    .map(([members, end]) => {
      const written = members.map(([a, name, b, c, value, d]) => `${a}${name}${b}:${c}${value}${d}`);
      return `{${written.join(',')}${end}}`;
    }),
}));

const runs = { numRuns: 2_000 };

it('the text of each member is what JSON.parse takes for its value, and nothing around it', () => {
  fc.assert(
    fc.property(space, jsonObject, space, (before, text, behind) => {
      const json = before + text + behind;
      for (const [name, value] of Object.entries<unknown>(JSON.parse(json))) {
        const found = memberText(json, name) ?? '';
        expect(JSON.parse(found)).toEqual(value);
        expect(found).toBe(found.trim());
      }
    }),
    runs,
  );
});

it('the text of a member is the very text that was written, digits and spellings included', () => {
  fc.assert(
    fc.property(jsonObject, jsonObject, (value, other) => {
      expect(memberText(`{"x":${other},"wanted":${other},"wanted" : ${value} ,"y":${other}}`, 'wanted')).toBe(value);
    }),
    runs,
  );
});

it('names are those of JSON.parse, in the order of the text', () => {
  fc.assert(
    fc.property(jsonObject, (json) => {
      const names = memberNames(json);
      expect(names.toSorted()).toEqual(Object.keys(JSON.parse(json)).toSorted());
      // The language moves no name that has a letter in front.
      const marked = names.map((name) => `${JSON.stringify(`x${name}`)}:0`);
      expect(Object.keys(JSON.parse(`{${marked.join(',')}}`))).toEqual(names.map((name) => `x${name}`));
    }),
    runs,
  );
});

it('a name that no member has is not found in values', () => {
  expect(memberText('{"a":{"wanted":1},"b":"\\"wanted\\":2","c":["wanted"]}', 'wanted')).toBeNull();
  expect(memberText('{}', 'wanted')).toBeNull();
});

it('a name with backslashes and quotes is found', () => {
  const json = String.raw`{"a\\":1,"a\\\"":2,"\u0061\"":3}`;
  expect(memberNames(json)).toEqual(['a\\', 'a\\"', 'a"']);
  expect(memberText(json, 'a\\"')).toBe('2');
  expect(memberText(json, 'a"')).toBe('3');
});

it('a value nested deeper than the call stack is read', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect(memberText(`{"a":${deep},"b":1}`, 'a')).toBe(deep);
});

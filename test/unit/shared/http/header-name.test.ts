import { execFileSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { headerName } from '../../../../src/shared/http/header-name.ts';

const HEAD_BYTES = 256 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('is what a field is called in lower case, the first time and each further one', () => {
  for (let count = 0; count < 2; count++) {
    expect(headerName('Content-TYPE')).toBe('content-type');
    expect(headerName('x-lower')).toBe('x-lower');
    expect(headerName("!#$%&'*+-.^_`|~09aZ")).toBe("!#$%&'*+-.^_`|~09az");
  }
});

it.each(['', ' ', 'a b', 'a:', 'a\t', 'a\r', '\0', 'a\n', '\u00e9', '(a)', 'a/b', 'a"', '{a}', '\u212a'])(
  'is not %j',
  (text) => {
    for (let count = 0; count < 2; count++) expect(headerName(text)).toBeNull();
  },
);

it('is found among what objects have by nature', () => {
  expect(['__proto__', 'constructor', 'toString'].map(headerName)).toEqual(['__proto__', 'constructor', 'tostring']);
});

/** The names come out of heads as a parser takes them out. Prints how much the heap has grown. */
const KEEP_NAMES = `
  import { headerName } from '${new URL('../../../../src/shared/http/header-name.ts', import.meta.url).href}';
  const heapUsed = () => (gc(), process.memoryUsage().heapUsed);
  const before = heapUsed();
  for (let index = 0; index < 200; index++) {
    const name = 'x-name-of-a-header-' + index;
    headerName(Buffer.alloc(${HEAD_BYTES}, name).toString('latin1').slice(0, name.length));
  }
  console.log(heapUsed() - before);
`;

it('keeps nothing of the heads that names came with', () => {
  // Not every Node would: the one of the adapter is asked.
  const node = process.env['ADAPTER_NODE'] ?? process.execPath;
  const grown = execFileSync(node, ['--no-warnings', '--expose-gc', '--input-type=module', '--eval', KEEP_NAMES]);
  expect(Number(grown)).toBeLessThan(20 * HEAD_BYTES);
});

it('keeps neither long names nor ever more of them', () => {
  const before = heapUsed();
  for (let index = 0; index < 100; index++) {
    const long = `x-${index}-${'y'.repeat(HEAD_BYTES)}`;
    expect(headerName(long)).toBe(long);
  }
  for (let index = 0; index < 100_000; index++) expect(headerName(`X-Other-${index}`)).toBe(`x-other-${index}`);
  expect(heapUsed() - before).toBeLessThan(20 * HEAD_BYTES);
});

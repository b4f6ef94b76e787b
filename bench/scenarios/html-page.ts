import { randomSequence } from './random-sequence.ts';

/** As frequent as in English, more or less. */
const CONSONANTS = 'ttttttnnnnnssssshhhhrrrrrddddlllccmmffwwggppybbvk';
const VOWELS = 'eeeeeeeeaaaaaaooooooiiiiiuu';
const WORDS = 4000;
const FOOT = '</main></body></html>\n';

/**
 * A page of markup and prose, always the same. It costs gzip and brotli about as much as real pages of documentation and
 * shops do, and shrinks as much, to a fifth: one line repeated would make every compressor look fast.
 */
export function htmlPage(bytes = 100 * 1024): Buffer {
  const next = randomSequence(100);
  const words = Array.from({ length: WORDS }, () => word(next));
  // A few words are very common and most are rare, as in every language.
  const common = (): number => Math.floor(WORDS * (next(WORDS) / WORDS) ** 4);
  const text = (count: number): string => Array.from({ length: count }, () => words[common()]).join(' ');
  const parts = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Catalogue</title></head><body><main>\n',
  ];
  let size = Buffer.byteLength(parts.join('')) + FOOT.length;
  for (let number = 1; ; number++) {
    const item = article(number, next(90_000), text);
    if (size + item.length > bytes) break;
    parts.push(item);
    size += item.length;
  }
  // Up to exactly the promised size.
  parts.push(' '.repeat(bytes - size), FOOT);
  return Buffer.from(parts.join(''));
}

function article(number: number, cents: number, text: (words: number) => string): string {
  return `<article id="item-${number}" class="card card--wide"><h2><a href="/catalogue/items/${number}">${text(4)}</a></h2>
  <img src="/images/items/${number}.webp" alt="${text(3)}" width="320" height="240" loading="lazy">
  <p class="card__text">${text(20)}</p><p class="card__price">EUR <b>${(cents / 100).toFixed(2)}</b></p></article>\n`;
}

function word(next: (below: number) => number): string {
  const pairs = Array.from({ length: 1 + next(4) }, () => pick(CONSONANTS, next) + pick(VOWELS, next));
  return pairs.join('') + (next(2) === 0 ? pick(CONSONANTS, next) : '');
}

function pick(letters: string, next: (below: number) => number): string {
  return letters.charAt(next(letters.length));
}

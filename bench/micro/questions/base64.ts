import { compare } from '../compare.ts';
import type { Question } from '../question.ts';
import { randomBytes } from '../random-bytes.ts';

const SIZES: Readonly<Record<string, number>> = { '1 KB': 1024, '64 KB': 64 * 1024, '1 MB': 1024 * 1024 };

type Native = Uint8Array & { toBase64(): string };
type NativeConstructor = typeof Uint8Array & { fromBase64(text: string): Uint8Array };

export const base64: Question = {
  name: 'base64',
  summary: 'bytes to base64 and back',
  async *measure(budgetMs) {
    for (const [size, length] of Object.entries(SIZES)) {
      const bytes = randomBytes(length);
      const text = bytes.toString('base64');
      yield await compare<string | Buffer>(
        {
          title: `${size} to text, then to bytes of the answer`,
          variants: {
            'toString, Buffer.from latin1': () => Buffer.from(bytes.toString('base64'), 'latin1'),
            'toString, Buffer.from utf8': () => Buffer.from(bytes.toString('base64')),
            'toString, write latin1': () => written(bytes.toString('base64')),
            ...(hasToBase64(bytes) ? { 'toBase64, write latin1': () => written(bytes.toBase64()) } : {}),
          },
          meaning: (result) => result.toString('latin1'),
          expected: text,
        },
        budgetMs,
      );
      yield await compare<Uint8Array>(
        {
          title: `${size} back to bytes`,
          variants: {
            'Buffer.from': () => Buffer.from(text, 'base64'),
            ...(hasFromBase64(Uint8Array) ? { 'Uint8Array.fromBase64': native(Uint8Array, text) } : {}),
          },
          meaning: (result) => Buffer.from(result),
          expected: bytes,
        },
        budgetMs,
      );
    }
  },
};

function written(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(text.length);
  bytes.write(text, 'latin1');
  return bytes;
}

function native(constructor: NativeConstructor, text: string): () => Uint8Array {
  return () => constructor.fromBase64(text);
}

/** The language has them, but not yet in every supported version of Node. */
function hasToBase64(bytes: Uint8Array): bytes is Native {
  return 'toBase64' in bytes;
}

function hasFromBase64(constructor: typeof Uint8Array): constructor is NativeConstructor {
  return 'fromBase64' in constructor;
}

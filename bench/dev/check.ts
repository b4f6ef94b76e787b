import { messageOf } from '../../src/shared/errors.ts';

/** One request of `--once` and what its answer has to be. */
export interface Check {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** How many of it are sent at the same time. */
  readonly times?: number;
  /** What a reader learns from it. */
  readonly shows: string;
  /** What is wrong with the answer; null if nothing is. */
  readonly verify: (answer: Answer) => string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Milliseconds from the request to the first and to the last byte of the body. */
  readonly firstByteMs: number;
  readonly totalMs: number;
}

export interface Result {
  readonly check: Check;
  /** The last to arrive, where several were sent; null if none did. */
  readonly answer: Answer | null;
  readonly problem: string | null;
}

const GIVE_UP_MS = 120_000;

export async function run(check: Check, url: string): Promise<Result> {
  try {
    const requests = Array.from({ length: check.times ?? 1 }, () => send(check, url));
    const answers = (await Promise.all(requests)).toSorted((one, other) => one.totalMs - other.totalMs);
    const problem = answers.map((answer) => check.verify(answer)).find((text) => text !== null) ?? null;
    return { check, answer: answers.at(-1) ?? null, problem };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
    return { check, answer: null, problem: `no answer (${messageOf(error)}${cause})` };
  }
}

async function send(check: Check, url: string): Promise<Answer> {
  const start = performance.now();
  const response = await fetch(new URL(check.path, url), {
    method: check.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(GIVE_UP_MS),
    ...(check.headers && { headers: check.headers }),
    ...(check.body !== undefined && { body: check.body }),
  });
  const chunks: Uint8Array[] = [];
  let firstByteMs: number | null = null;
  for await (const chunk of response.body ?? []) {
    firstByteMs ??= performance.now() - start;
    chunks.push(chunk);
  }
  const totalMs = performance.now() - start;
  const body = Buffer.concat(chunks);
  return { status: response.status, headers: response.headers, body, firstByteMs: firstByteMs ?? totalMs, totalMs };
}

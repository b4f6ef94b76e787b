import { programFile } from '../../program-file.ts';
import { startProgram } from '../../rig/app-process.ts';
import { openOurs, openUndici, type AppClient } from '../app/app-clients.ts';
import { compare } from '../compare.ts';
import type { Question } from '../question.ts';

const PROGRAM = programFile('../app/raw-app-process.ts', import.meta.url);

const SMALL_BYTES = 200;
const LARGE_BYTES = 100_000;

const SIZES: readonly { readonly title: string; readonly bytes: number; readonly inFlight: number }[] = [
  { title: '200 bytes, 1 at once', bytes: SMALL_BYTES, inFlight: 1 },
  { title: '200 bytes, 10 at once', bytes: SMALL_BYTES, inFlight: 10 },
  { title: '200 bytes, 64 at once', bytes: SMALL_BYTES, inFlight: 64 },
  { title: '100 KB, 1 at once', bytes: LARGE_BYTES, inFlight: 1 },
  { title: '100 KB, 10 at once', bytes: LARGE_BYTES, inFlight: 10 },
];

export const app: Question = {
  name: 'app',
  summary: 'a GET of a browser to an app in another process, by our client and by undici; times are per request',
  async *measure(budgetMs) {
    const server = await startProgram(PROGRAM, []);
    const clients: Readonly<Record<string, AppClient>> = {
      ours: openOurs(server.port),
      undici: openUndici(server.port),
    };
    try {
      for (const { title, bytes, inFlight } of SIZES) {
        const target = `/${bytes}`;
        const variants = Object.entries(clients).map(([name, { get }]) => {
          const all = () => Promise.all(Array.from({ length: inFlight }, () => get(target)));
          return [name, all] as const;
        });
        const one = { status: 200, headers: 4, bodyBytes: bytes, lastByte: 'x'.charCodeAt(0) };
        yield await compare(
          {
            title,
            variants: Object.fromEntries(variants),
            meaning: (answers) => answers,
            expected: Array.from({ length: inFlight }, () => one),
            perCall: inFlight,
          },
          budgetMs,
        );
      }
    } finally {
      await Promise.all(Object.values(clients).map(({ close }) => close()));
      await server.stop();
    }
  },
};

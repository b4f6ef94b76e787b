import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../rig/app-process.ts';
import { randomSequence } from '../scenarios/random-sequence.ts';
import { createDraw } from './draw.ts';
import type { Findings } from './findings.ts';
import { runLoad } from './load.ts';
import type { SoakOptions } from './options.ts';
import type { ProcessSample } from './process-sample.ts';
import { residentSlope } from './resident-slope.ts';
import type { Shot } from './shot.ts';
import { startSubject, type Subject } from './subject.ts';

type Random = ReturnType<typeof randomSequence>;

const APP = fileURLToPath(new URL('./app.ts', import.meta.url));
/** Load that brings code and heap into shape before anything is compared, in milliseconds. */
const WARM_UP_MS = 10_000;
/** Longer than the adapter keeps an idle connection to the app, in milliseconds. */
const IDLE_MS = 6000;
const SAMPLE_MS = 1000;
const PROGRESS_MS = 10_000;
const MODES = ['buffered', 'response_stream'] as const;

/**
 * Soaks one adapter of each mode, side by side in front of one app.
 *
 * @param onProgress called every ten seconds
 * @throws Error when app or adapters do not start
 */
export async function soak(
  options: SoakOptions,
  onProgress: (seconds: number, subjects: readonly Subject[]) => void,
): Promise<Findings[]> {
  const random = randomSequence(options.seed);
  let number = 0;
  const app = await startProgram(APP, []);
  const subjects: Subject[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    for (const mode of MODES) subjects.push(await startSubject(mode, app.port, options.concurrency));
    const start = performance.now();
    timer = setInterval(() => onProgress(Math.round((performance.now() - start) / 1000), subjects), PROGRESS_MS);
    return await Promise.all(
      subjects.map((subject) =>
        soakOne(
          subject,
          createDraw(subject.mode, random, () => ++number),
          random,
          options,
        ),
      ),
    );
  } finally {
    clearInterval(timer);
    await Promise.all(subjects.map((subject) => subject.stop()));
    await app.stop();
  }
}

async function soakOne(
  subject: Subject,
  draw: () => Shot,
  random: Random,
  { durationMs, concurrency }: SoakOptions,
): Promise<Findings> {
  const { emulator, tally, mode, defects } = subject;
  const load = (ms: number) => runLoad(emulator, draw, random, concurrency, ms, tally);
  await load(Math.min(WARM_UP_MS, durationMs));
  await sleep(IDLE_MS);
  const before = subject.sample();
  const heldBefore = await subject.heldBytes();
  const warmUpRequests = tally.requests;
  const samples: ProcessSample[] = [];
  const timer = setInterval(() => samples.push(subject.sample()), SAMPLE_MS);
  await load(durationMs);
  clearInterval(timer);
  const throughput = ((tally.requests - warmUpRequests) / durationMs) * 1000;
  await sleep(IDLE_MS);
  const after = subject.sample();
  const heldAfter = await subject.heldBytes();
  const { parked, droppedPolls } = emulator;
  const { endedEarly } = subject;
  const exitCode = await subject.stop();
  const slope = residentSlope(samples);
  const ofLoad = { tally, throughput, durationMs, concurrency, parked, droppedPolls };
  return { mode, ...ofLoad, before, after, heldBefore, heldAfter, samples, slope, defects, endedEarly, exitCode };
}

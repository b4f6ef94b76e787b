import { align } from '../report/align.ts';
import { formatNumber } from '../report/format-number.ts';
import { tolerance, type Findings } from './findings.ts';
import type { ProcessSample } from './process-sample.ts';
import type { Subject } from './subject.ts';

const MEGABYTE = 1024 * 1024;

const ROWS: readonly (readonly [label: string, of: (findings: Findings) => string])[] = [
  ['requests', ({ tally }) => count(tally.requests)],
  ['  per second', ({ throughput }) => count(throughput)],
  ['faults sent', ({ tally }) => count(tally.faults)],
  ['lost', ({ tally }) => count(tally.lost)],
  ['crossed', ({ tally }) => count(tally.crossed)],
  ['unexpected', ({ tally }) => count(tally.unexpected)],
  ['crashes in the log', ({ defects }) => count(defects.length)],
  ['polls dropped', ({ droppedPolls }) => count(droppedPolls)],
  ['polls parked at the end', ({ parked }) => count(parked)],
  ['RSS MB before', ({ before }) => megabytes(before)],
  ['  under load, most', ({ samples }) => formatNumber(most(samples, 'residentBytes') / MEGABYTE, 1)],
  ['  after', ({ after }) => megabytes(after)],
  ['RSS slope, MB per 1000 s', ({ slope }) => formatNumber(slope, 1)],
  ['  flat up to', ({ durationMs }) => formatNumber(tolerance(durationMs), 1)],
  ['heaps MB without garbage, before', ({ heldBefore }) => formatNumber(heldBefore / MEGABYTE, 1)],
  ['  after', ({ heldAfter }) => formatNumber(heldAfter / MEGABYTE, 1)],
  ['threads before', ({ before }) => count(before.threads)],
  ['  after', ({ after }) => count(after.threads)],
  ['descriptors before', ({ before }) => descriptors(before)],
  ['  under load, most', ({ samples }) => `${most(samples, 'descriptors')} (${most(samples, 'sockets')} sockets)`],
  ['  after', ({ after }) => descriptors(after)],
  ['exit code', ({ exitCode, endedEarly }) => (endedEarly === null ? String(exitCode ?? 'killed') : 'ended early')],
];

/** A column for each adapter. */
export function table(all: readonly Findings[]): string {
  const headings = ['', ...all.map(({ mode }) => mode)];
  return align([headings, ...ROWS.map(([label, of]) => [label].concat(all.map(of)))]).join('\n');
}

/** How things stand with the adapters. */
export function progressLine(seconds: number, subjects: readonly Subject[]): string {
  return [`${String(seconds).padStart(4)} s`, ...subjects.map(stateOf)].join(' | ');
}

function stateOf(subject: Subject): string {
  const { mode, tally } = subject;
  if (subject.endedEarly !== null) return `${mode}: ended`;
  const now = subject.sample();
  return `${mode}: ${count(tally.requests)} requests, ${tally.faults} faults, ${tally.wrong} wrong, ${megabytes(now)} MB, ${descriptors(now)}`;
}

function descriptors({ descriptors: open, sockets }: ProcessSample): string {
  return `${open} (${sockets} sockets)`;
}

function most(samples: readonly ProcessSample[], figure: keyof ProcessSample): number {
  return Math.max(0, ...samples.map((sample) => sample[figure]));
}

function megabytes({ residentBytes }: ProcessSample): string {
  return formatNumber(residentBytes / MEGABYTE, 1);
}

function count(value: number): string {
  return formatNumber(value, 0);
}

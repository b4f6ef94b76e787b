import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { runOurs, runUndici, type Method } from './clients.ts';
import { startByteApp, type ByteApp, type Observed } from './exchange.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { sentResponse, type Sent } from './sent-responses.ts';

const RUNS = Number(process.env['RUNS'] ?? 250);

let app: ByteApp;

beforeAll(async () => {
  app = await startByteApp();
  return () => app.close();
});

interface Both {
  readonly ours: Observed;
  readonly theirs: Observed;
}

async function observeBoth(sent: Sent, isPatient: boolean): Promise<Both> {
  const ours = await app.observe(sent, runOurs, isPatient);
  return { ours, theirs: await app.observe(sent, runUndici, isPatient) };
}

function knownDifferences({ method, pieces }: Sent, { ours, theirs }: Both): string[] {
  const text = Buffer.concat(pieces).toString('latin1');
  const found = { method, text, ours: ours.outcome, theirs: theirs.outcome };
  return KNOWN_DIFFERENCES.filter(({ applies }) => applies(found)).map(({ what }) => what);
}

async function check(sent: Sent, isPatient: boolean): Promise<void> {
  const both = await observeBoth(sent, isPatient);
  const { ours, theirs } = both;
  if (knownDifferences(sent, both).length > 0) return;
  if (theirs.outcome.kind !== 'refused') {
    expect(ours.outcome).toEqual(theirs.outcome);
    if (ours.isKept) expect(theirs.isKept).toBe(true);
  } else if (ours.outcome.kind === 'waits') {
    // A line is looked at when it is complete. It would be refused then.
    const closed = await app.observe({ ...sent, closes: true }, runOurs, isPatient);
    expect(closed.outcome.kind).toBe('refused');
  } else {
    expect(ours.outcome.kind).toBe('refused');
  }
}

test('whatever the app sends, our client makes of it what undici makes of it', async () => {
  await fc.assert(
    fc.asyncProperty(sentResponse, (sent) => check(sent, false).catch(() => check(sent, true))),
    { numRuns: RUNS },
  );
});

test.each(KNOWN_DIFFERENCES)('but $what', async ({ what, example: { method, text } }) => {
  const sent = { method, pieces: [Buffer.from(text, 'latin1')], closes: true };
  expect(knownDifferences(sent, await observeBoth(sent, true))).toEqual([what]);
});

test.each<Method>(['GET', 'POST'])('the connection of a %s is kept when all is well', async (method) => {
  const pieces = [Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')];
  expect(await app.observe({ method, pieces, closes: false }, runOurs, true)).toMatchObject({ isKept: true });
});

import { afterEach, describe, expect, it } from 'vitest';
import { startApp, type AppProcess } from '../../bench/rig/app-process.ts';
import { findScenario } from '../../bench/scenarios/index.ts';
import { numberIn } from '../../bench/scenarios/numbered-page.ts';
import type { Scenario } from '../../bench/scenarios/scenario.ts';

let app: AppProcess | null = null;

afterEach(async () => {
  await app?.stop();
  app = null;
});

async function startAppOf(name: string): Promise<Scenario> {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  app = await startApp(scenario);
  return scenario;
}

function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${app?.port}${path}`, init);
}

describe('the app of the benchmark', () => {
  it('answers each path of a mixture with its own bytes, with or without a query', async () => {
    const { measured, company } = await startAppOf('mix-95-5');
    const small = await call(`${measured.path}?status=open`);
    expect(Buffer.from(await small.arrayBuffer())).toEqual(measured.answer.body);
    const page = await call(company?.exchange.path ?? '');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const { body = Buffer.alloc(0), numberAt = null } = company?.exchange.answer ?? {};
    expect(numberIn(Buffer.from(await page.arrayBuffer()), body, numberAt ?? NaN)).toBe(1);
    expect((await call('/elsewhere')).status).toBe(404);
  });

  it('writes another number into each page of which no two are the same, whoever asks', async () => {
    const { measured } = await startAppOf('html-100k-gzip-varied');
    const { body, numberAt } = measured.answer;
    const pages = Array.from({ length: 20 }, async () => Buffer.from(await (await call(measured.path)).arrayBuffer()));
    const numbers = (await Promise.all(pages)).map((page) => numberIn(page, body, numberAt ?? NaN));
    expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from(pages, (_, index) => index + 1));
  });

  it('accepts an upload of the right length and no other', async () => {
    const { measured } = await startAppOf('upload-4m');
    const upload = (bytes: number) => call(measured.path, { method: 'POST', body: new Uint8Array(bytes) });
    expect((await upload(measured.requestBytes)).status).toBe(200);
    expect((await upload(measured.requestBytes - 1)).status).toBe(400);
    expect((await call(measured.path)).status).toBe(400);
  });

  it('sends events one by one, without saying beforehand how much they are', async () => {
    const { measured } = await startAppOf('sse');
    const start = performance.now();
    const response = await call(measured.path);
    expect(response.headers.get('content-length')).toBe(null);
    const text = await response.text();
    expect(performance.now() - start).toBeGreaterThan(19 * 5 - 20);
    expect(text).toBe(measured.answer.body.toString().repeat(20));
    expect(text.match(/^event: token\ndata: .+\n\n/gm)).toHaveLength(20);
    expect(measured.answer.body).toHaveLength(200);
  });

  it('takes its time where it is meant to, for several at once', async () => {
    const { measured } = await startAppOf('slow-500ms');
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(measured.path)));
    const elapsed = performance.now() - start;
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(elapsed).toBeGreaterThan(495);
    expect(elapsed).toBeLessThan(2000);
  });

  it('sends an answer of nothing', async () => {
    const { measured } = await startAppOf('in-0-out-0');
    expect(await (await call(measured.path)).text()).toBe('');
  });
});

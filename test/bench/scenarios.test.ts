import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { htmlPage } from '../../bench/scenarios/html-page.ts';
import { SCENARIO_NAMES, SCENARIOS } from '../../bench/scenarios/index.ts';
import { payload } from '../../bench/scenarios/payload.ts';
import { bodyBytes, exchangesOf } from '../../bench/scenarios/scenario.ts';

describe('the scenarios', () => {
  it('have names of their own and events that are JSON', () => {
    expect(new Set(SCENARIO_NAMES).size).toBe(SCENARIOS.length);
    for (const { event } of SCENARIOS.flatMap(exchangesOf))
      expect(JSON.parse(event.toString())).toHaveProperty('requestContext.http');
  });

  it('have bodies of the promised size', () => {
    const sizes = SCENARIOS.map((scenario) => [scenario.name, bodyBytes(scenario.measured)]);
    expect(Object.fromEntries(sizes)).toMatchObject({
      'small-json': 100,
      'html-100k': 100 * 1024,
      'html-100k-gzip': 100 * 1024,
      'html-100k-br': 100 * 1024,
      'html-100k-gzip-varied': 100 * 1024,
      'html-100k-br-varied': 100 * 1024,
      'binary-64k': 64 * 1024,
      'html-100k-zstd': 100 * 1024,
      'upload-64k': 64 * 1024 + 15,
      'upload-4m': 4 * 1024 * 1024 + 15,
      sse: 20 * 200,
      'stream-64m': 64 * 1024 * 1024,
    });
  });

  it('send events that Lambda takes, to paths that tell what to answer', () => {
    for (const scenario of [...SCENARIOS, payload('5m', '0'), payload('1k', '4m')]) {
      const exchanges = scenario === null ? [] : exchangesOf(scenario);
      expect(exchanges.length).toBeGreaterThan(0);
      expect(new Set(exchanges.map(({ path }) => path)).size).toBe(exchanges.length);
      for (const { event } of exchanges) expect(event.length).toBeLessThanOrEqual(6 * 1024 * 1024);
    }
  });

  it('have events with the body that the app has to receive', () => {
    for (const { event, requestBytes } of [...SCENARIOS.flatMap(exchangesOf), payload('3k', '1')?.measured].flatMap(
      (exchange) => exchange ?? [],
    )) {
      const { body = '', isBase64Encoded } = JSON.parse(event.toString());
      expect(Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8')).toHaveLength(requestBytes);
    }
  });

  it('make the same page every time, one that compresses as well as a real one and no better', () => {
    const page = htmlPage();
    expect(htmlPage().equals(page)).toBe(true);
    const ratio = page.length / gzipSync(page).length;
    expect(ratio).toBeGreaterThan(4);
    expect(ratio).toBeLessThan(6);
  });

  it('send binary content that is not UTF-8, so that it has to travel as base64', () => {
    const bytes = SCENARIOS.find(({ name }) => name === 'binary-64k')?.measured.answer.body ?? Buffer.alloc(0);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError);
    expect(new Set(bytes).size).toBe(256);
  });
});

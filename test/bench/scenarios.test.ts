import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { htmlPage } from '../../bench/scenarios/html-page.ts';
import { SCENARIO_NAMES, SCENARIOS } from '../../bench/scenarios/index.ts';
import { answerBytes } from '../../bench/scenarios/scenario.ts';

describe('the scenarios', () => {
  it('have names of their own and events that are JSON', () => {
    expect(new Set(SCENARIO_NAMES).size).toBe(SCENARIOS.length);
    for (const { event } of SCENARIOS) expect(JSON.parse(event.toString())).toHaveProperty('requestContext.http');
  });

  it('answer with bodies of the promised size', () => {
    const sizes = SCENARIOS.map((scenario) => [scenario.name, answerBytes(scenario)]);
    expect(Object.fromEntries(sizes)).toMatchObject({
      'small-json': 100,
      'html-100k': 100 * 1024,
      'html-100k-gzip': 100 * 1024,
      'html-100k-br': 100 * 1024,
      'binary-64k': 64 * 1024,
      'stream-64m': 64 * 1024 * 1024,
    });
  });

  it('make the same page every time, one that compresses as well as a real one and no better', () => {
    const page = htmlPage();
    expect(htmlPage().equals(page)).toBe(true);
    const ratio = page.length / gzipSync(page).length;
    expect(ratio).toBeGreaterThan(4);
    expect(ratio).toBeLessThan(6);
  });

  it('send binary content that is not UTF-8, so that it has to travel as base64', () => {
    const bytes = SCENARIOS.find(({ name }) => name === 'binary-64k')?.answer.body ?? Buffer.alloc(0);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError);
    expect(new Set(bytes).size).toBe(256);
  });
});

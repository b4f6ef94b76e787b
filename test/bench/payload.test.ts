import { describe, expect, it } from 'vitest';
import { findScenario } from '../../bench/scenarios/index.ts';
import { parseSize } from '../../bench/scenarios/payload.ts';
import { answerBytes } from '../../bench/scenarios/scenario.ts';

describe('the size of a payload', () => {
  it.each([
    ['0', 0],
    ['512', 512],
    ['64k', 65_536],
    ['5m', 5_242_880],
    ['6140k', 6_287_360],
  ])('%s is so many bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', 'k', '-1', '1.5k', '1g', '1K', '6m', '6141k', '99999999'])('%s is none that Lambda takes', (text) => {
    expect(parseSize(text)).toBe(null);
  });
});

describe('a scenario of payloads', () => {
  it('is found by its name, as the app finds it', () => {
    const measured = findScenario('in-3k-out-1m')?.measured;
    expect(measured?.requestBytes).toBe(3072);
    expect(measured === undefined ? NaN : answerBytes(measured.answer)).toBe(1024 * 1024);
    expect(JSON.parse(measured?.event.toString() ?? '')).toMatchObject({
      requestContext: { http: { method: 'POST' } },
      isBase64Encoded: false,
    });
  });

  it('sends a GET when there is nothing to send', () => {
    const event: unknown = JSON.parse(findScenario('in-0-out-0')?.measured.event.toString() ?? '');
    expect(event).toMatchObject({ requestContext: { http: { method: 'GET' } } });
    expect(event).not.toHaveProperty('body');
  });

  it('is not found by another name', () => {
    expect(findScenario('in-1k')).toBe(null);
    expect(findScenario('in-7m-out-0')).toBe(null);
  });
});

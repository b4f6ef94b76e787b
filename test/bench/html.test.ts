import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../bench/report/html/html-report.ts';
import { html, Markup } from '../../bench/report/html/markup.ts';
import { fit, spread, widthOf } from '../../bench/report/html/text-fit.ts';
import { compare } from '../../bench/report/results/compare.ts';
import type { Results } from '../../bench/report/results/results.ts';
import { sampleData, sampleResults } from './helpers/sample-results.ts';
import { parseResults } from '../../bench/report/results/parse-results.ts';

/** With the white space that a browser shows. */
function report(results: Results): string {
  return htmlReport(results, compare(results.trials), null).replace(/\s+/g, ' ').replaceAll(' >', '>');
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

describe('markup', () => {
  it('escapes whatever is put in, in text and in attributes, and leaves markup as it is', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(html`<a title="${`"'>`}">${inner}${[inner, inner]}${3}${null}</a>`.text).toBe(
      '<a title="&#34;&#39;&#62;"><b>&#60;i&#62;</b><b>&#60;i&#62;</b><b>&#60;i&#62;</b>3</a>',
    );
  });

  it('does not take text with the look of markup for it', () => {
    const fake = JSON.stringify(new Markup('<b>'));
    expect(html`${fake}`.text).toBe('{&#34;text&#34;:&#34;&#60;b&#62;&#34;}');
  });
});

describe('the report', () => {
  const two = report(sampleResults());

  it('is one file that fetches nothing and runs nothing', () => {
    expect(two).toMatch(/^<!doctype html>/);
    expect(two).toContain(`content="default-src &#39;none&#39;;`);
    expect(two).not.toMatch(/<script|<link (?!rel="icon" href="data:,")|@import|url\(|\bsrc=|https?:\/\//i);
  });

  it('shows what was measured with what, where and when, and how to do it again', () => {
    for (const text of [
      '2026-01-02 03:04:05 UTC',
      'A processor, 2 cores, 7.5 GB, Linux 6.1, Node v26.10.0',
      '/opt/rust LEVEL=3',
    ]) {
      expect(two).toContain(text);
    }
    expect(two).toContain('<code>lambda-adapter-bench --rounds 5</code>');
    expect(two).toContain('2 s of warm-up, 300 requests measured, 5 rounds');
  });

  it('draws lines with a point for each load and adapter, and its range as a tooltip', () => {
    expect(count(two, /<figure>/g)).toBe(5 + 2);
    expect(count(two, /<title>[^<]*small-json, 64 in flight: /g)).toBe(5 * 2);
    expect(two).toContain('<title>ours, small-json, 64 in flight: 103.0 CPU µs, 101.0 to 105.0 in 5 rounds</title>');
    expect(two).not.toContain('class="bar"');
  });

  it('draws bars when there is one load', () => {
    const one = report(sampleResults({ inFlight: [64] }));
    expect(count(one, /class="bar"/g)).toBe(5 * 2);
  });

  it('draws an open loop against the rate, and by itself each number of workers', () => {
    const open = [100, 2000].map((perSecond) => ({ kind: 'open', perSecond }) as const);
    const page = report(
      sampleResults({
        loops: [{ kind: 'closed' }, ...open],
        inFlight: [64],
        workers: [0, 1],
        value: (figure, _, __, round) => (figure === 'waited' ? null : 100 + round),
      }),
    );
    for (const workers of ['0 workers', '1 worker']) {
      expect(page).toContain(`<h2>small-json, ${workers}</h2>`);
      expect(page).toContain(`<h2>small-json, ${workers}, open loop, 64 in flight at most</h2>`);
      expect(page).toContain(`<title>ours, small-json, 64 in flight, 2000/s, ${workers}: 103.000 p99 ms, `);
    }
    expect(page).toContain('invocations offered per second (log)');
    expect(page).toContain('<b>refused %</b>');
  });

  it('says better and worse where that is more than noise', () => {
    const faster = report(
      sampleResults({ value: (_, adapter, __, round) => (adapter === 'ours' ? 150 : 100) + round }),
    );
    expect(faster).toMatch(
      /data-adapter="ours" data-figure="throughput">.*?<small class="ratio better">1\.\d\d× better</s,
    );
    expect(faster).toMatch(/data-adapter="ours" data-figure="p99Ms">.*?<small class="ratio worse">1\.\d\d× worse</s);
    expect(two).not.toMatch(/class="ratio (better|worse)"/);
  });

  it('shows a name with markup in it as that name', () => {
    const name = '<script>alert("1")</script>';
    const page = report(sampleResults({ adapters: [name, 'ours'] }));
    expect(page).not.toContain('<script');
    expect(page).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;');
  });

  it('leaves out what does not apply, and warns of what cannot be believed', () => {
    const noisy = report(
      sampleResults({
        value: (figure) => (figure === 'megabytesPerSecond' ? null : figure === 'othersPercent' ? 40 : 5),
      }),
    );
    expect(noisy).not.toContain('data-figure="megabytesPerSecond"');
    expect(noisy).toMatch(/class="warning"[^>]*>Other programs used up to 40 % /);
    expect(noisy).toContain('MB/s cannot be NaN');
  });

  it('keeps the others when an adapter failed', () => {
    const data = sampleData();
    const [, failed] = data.trials;
    Object.assign(failed ?? {}, { figures: null, failures: 3, firstFailure: 'status 500', memory: [], threads: [] });
    const page = report(parseResults(JSON.stringify(data), 'x'));
    expect(page).toContain('Failed: ours');
    expect(page).toContain('3 of 1003 invocations failed, the first one: status 500');
    expect(count(page, /<title>ours, small-json, 1 in flight/g)).toBe(0);
    expect(count(page, /<title>rust, small-json, 1 in flight/g)).toBe(5);
  });
});

describe('labels', () => {
  it('are cut to the room there is', () => {
    expect(fit('short', 100)).toBe('short');
    for (const name of ['a-very-long-name', 'WWWWWWWWWWWWW', 'illllllllllllllllll', '長い名前の名前の名前']) {
      expect(fit(name, 80)).toMatch(/^.{3,}…$/);
      expect(widthOf(fit(name, 80))).toBeLessThanOrEqual(80);
    }
  });

  it('move apart, no further than they must, in their order', () => {
    expect(spread([50, 10, 12], 10, 0, 100)).toEqual([50, 10, 20]);
    expect(spread([98, 99, 100], 10, 0, 100)).toEqual([80, 90, 100]);
    expect(spread([30], 10, 0, 100)).toEqual([30]);
  });
});

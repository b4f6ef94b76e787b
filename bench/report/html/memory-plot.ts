import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Level } from '../results/levels.ts';
import type { MeasuredTrial } from '../results/results.ts';
import { lineLabels } from './line-plot.ts';
import { html, type Markup } from './markup.ts';
import { PLOT, plotFrame, px, type Scale } from './plot-frame.ts';
import { seriesStyle } from './series-style.ts';

type Sample = MeasuredTrial['memory'][number];

/** More than a line of 300 units can show. */
const MOST_SAMPLES = 120;

/** Resident memory over time, a thin line for each round of each adapter; null when none was recorded. */
export function memoryPlot({ label, adapters }: Level, names: readonly string[]): Markup | null {
  const rounds = [...adapters.values()].flat().filter(({ memory }) => memory.length > 0);
  if (rounds.length === 0) return null;
  const samples = rounds.flatMap(({ memory }) => memory);
  const x = scaleLinear([0, max(samples, ({ atMs }) => atMs / 1000) || 1], [PLOT.left, PLOT.right]);
  const y = scaleLinear([0, max(samples, ({ residentMb }) => residentMb) || 1], [PLOT.bottom, PLOT.top]).nice(5);
  const last = names.flatMap((name, index) => {
    const end = rounds.findLast(({ adapter }) => adapter === name)?.memory.at(-1);
    return end === undefined ? [] : [{ name, index, y: y(end.residentMb) }];
  });
  const axes = [
    { scale: x, label: 's since the warm-up began', ticks: x.ticks(6) },
    { scale: y, label: 'resident MB', ticks: y.ticks(5) },
  ] as const;
  return plotFrame(...axes, `Memory over time, ${label}`, [
    ...rounds.map((trial) => roundLine(trial, names.indexOf(trial.adapter), x, y)),
    ...lineLabels(last),
  ]);
}

function roundLine({ adapter, round, memory }: MeasuredTrial, index: number, x: Scale, y: Scale): Markup {
  const { colour, dashes, point } = seriesStyle(index);
  const [atX, atY] = [(sample: Sample) => px(x(sample.atMs / 1000)), (sample: Sample) => px(y(sample.residentMb))];
  const path = line<Sample>(atX, atY)(thinnedOut(memory)) ?? '';
  const end = memory.at(-1);
  const marker =
    end === undefined
      ? null
      : html`<path class="marker" d="${point}" transform="translate(${atX(end)} ${atY(end)})" />`;
  return html`<g style="color:${colour}"
    ><title>${adapter}, round ${round}</title
    ><path class="line thin" d="${path}" stroke-dasharray="${dashes}" />${marker}</g
  >`;
}

/** The highest of each few neighbours, because a peak is what one looks for. */
function thinnedOut(samples: readonly Sample[]): Sample[] {
  const size = Math.ceil(samples.length / MOST_SAMPLES);
  const groups = Map.groupBy(samples, (sample) => Math.floor(samples.indexOf(sample) / size));
  return [...groups.values()].map((group) =>
    group.reduce((most, sample) => (sample.residentMb > most.residentMb ? sample : most)),
  );
}

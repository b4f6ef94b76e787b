import { FONT_SIZE } from './text-fit.ts';

/** The whole look. Dark is for screens: paper stays white. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --panel: #f6f7f9; --ink: #1a1d21; --soft: #565d66; --line: #d5d9df;
  --good: #0a6b3c; --bad: #b3261e; --warn: #fff4d6; --warn-ink: #5c4300;
  --series-0: #0b62b8; --series-1: #b45309; --series-2: #0a7d53; --series-3: #8b3fb5; --series-4: #c02d4e; --series-5: #0e7c86; --series-6: #6f5b22; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #14171b; --panel: #1d2126; --ink: #e8eaed; --soft: #a7afb9; --line: #3a414a;
    --good: #63d69b; --bad: #ff938b; --warn: #3d3110; --warn-ink: #ffe2a0;
    --series-0: #6cb2ff; --series-1: #f5a356; --series-2: #4fd09b; --series-3: #cf9bf2; --series-4: #ff8fa3; --series-5: #5ad4dd; --series-6: #d3c08a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 1.25rem 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .25rem 0 .75rem; max-width: 75ch; }
.soft, figcaption small { color: var(--soft); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; margin: 0 0 1rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: .875em/1.45 ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
pre { margin: 0; padding: .5rem .75rem; background: var(--panel); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.warning { background: var(--warn); color: var(--warn-ink); padding: .6rem .9rem; border-radius: 6px; margin: 0 0 .75rem; max-width: none; }
.warning ul { margin: .25rem 0 0; padding-left: 1.2rem; }
.cards { --least: 370px; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--least)), 1fr)); gap: 1rem; margin: 1rem 0; }
.card, figure { margin: 0; padding: .9rem; background: var(--panel); border-radius: 8px; break-inside: avoid; min-width: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .28rem .4rem; text-align: right; border-bottom: 1px solid var(--line); vertical-align: top; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } tr:last-child > * { border-bottom: 0; }
tbody th:first-child { position: sticky; left: 0; background: var(--panel); } thead th { overflow-wrap: anywhere; vertical-align: bottom; } tbody th { font-weight: 500; white-space: nowrap; }
td { white-space: nowrap; } td small { color: var(--soft); } td .ratio { display: block; line-height: 1.2; }
td .better, td.better { color: var(--good); font-weight: 600; } td .worse, td.worse { color: var(--bad); font-weight: 600; }
figcaption { margin-bottom: .4rem; line-height: 1.3; } figcaption small { display: block; }
details { margin: .75rem 0; } summary { cursor: pointer; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; margin: .3rem 0 0; padding: 0; font-size: .8125rem; overflow-wrap: anywhere; }
.legend li { display: flex; align-items: center; gap: .4rem; min-width: 0; } .swatch { flex: none; }
.plot { display: block; width: 100%; height: auto; }
.plot text { font-size: ${FONT_SIZE}px; fill: var(--ink); } .plot .tick, .plot .axis-label { fill: var(--soft); }
.plot .line-label, .plot .bar-value { font-weight: 600; }
.grid { stroke: var(--line); } .axis { stroke: var(--soft); }
.line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; } .thin { stroke-width: 1.25; }
.marker { fill: currentColor; stroke: var(--panel); } .whisker { fill: none; stroke: currentColor; stroke-width: 1.25; }
.bar { fill: currentColor; opacity: .75; } .bar-whisker { fill: none; stroke: var(--ink); stroke-width: 1.25; }
@media (max-width: 480px) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } .card, figure { border: 1px solid var(--line); } .cards { grid-template-columns: 1fr 1fr; }
  * { print-color-adjust: exact; } }
`;

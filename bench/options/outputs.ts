import { FIGURE_NAMES, type FigureName } from '../measure/figures.ts';
import type { OptionName } from './option-table.ts';
import { unacceptable } from './usage-error.ts';

/** What becomes of the results; nothing in it changes what is measured. Files are null where none is wanted. */
export interface Outputs {
  readonly json: string | null;
  readonly html: string | null;
  /** Earlier results to compare with. */
  readonly against: string | null;
  /** Of the table; null for those that most look for. */
  readonly columns: readonly FigureName[] | null;
}

export const OUTPUT_OPTIONS = ['json', 'html', 'against', 'columns'] as const satisfies readonly OptionName[];

type Given = { readonly [name in (typeof OUTPUT_OPTIONS)[number]]?: string | undefined };

/** @throws {UsageError} */
export function outputsFrom({ json, html, against, columns }: Given): Outputs {
  return {
    json: json ?? null,
    html: html ?? null,
    against: against ?? null,
    columns: columns === undefined ? null : columnsFrom(columns),
  };
}

function columnsFrom(text: string): FigureName[] {
  if (text === 'all') return [...FIGURE_NAMES];
  return text.split(',').map((part) => {
    const name = FIGURE_NAMES.find((each) => each === part.trim());
    if (name === undefined) throw unacceptable('columns', text);
    return name;
  });
}

import type { Coding, CodingChoice } from '../../shared/config.ts';
import * as parse from './parse.ts';
import { UnacceptableValue, type Parser } from './parse.ts';
import type { Variables } from './variables.ts';

/**
 * Measured on 100 KiB of HTML: zstd 3 takes 0.3 ms and leaves 22.0 KB, br 4 takes 0.8 ms and leaves 22.1 KB, gzip 6 takes
 * 1.2 ms and leaves 22.4 KB. gzip 4 would take 0.7 ms, for 4 % more bytes: bodies that come again are not compressed again,
 * so the bytes count for more.
 */
const DEFAULTS: readonly CodingChoice[] = [
  { coding: 'zstd', level: 3 },
  { coding: 'br', level: 4 },
  { coding: 'gzip', level: 6 },
];

const LEVELS: Readonly<Record<Coding, readonly [least: number, most: number]>> = {
  br: [0, 11],
  gzip: [1, 9],
  zstd: [1, 19],
};

const ACCEPTED =
  'a list of codings, the preferred one first, each with a level or without, such as br:5,gzip:6,zstd ' +
  `(${Object.entries(LEVELS)
    .map(([coding, [least, most]]) => `${coding} ${least}-${most}`)
    .join(', ')})`;

/** A list of codings switches compression on; an explicit `false` switches it off all the same. */
export function readCompression(variables: Variables): readonly CodingChoice[] {
  const choices = variables.read('AWS_LWA_COMPRESSION', codingChoices, null);
  const isEnabled = variables.read('AWS_LWA_ENABLE_COMPRESSION', parse.boolean, choices !== null);
  if (isEnabled) return choices ?? DEFAULTS;
  if (choices !== null) {
    variables.warnings.push('AWS_LWA_COMPRESSION has no effect: AWS_LWA_ENABLE_COMPRESSION is false');
  }
  return [];
}

/** `br:5,gzip:6,zstd`: a coding that is not named is not used, and without a level it has our own. */
export const codingChoices: Parser<readonly CodingChoice[]> = (value) => {
  const choices: CodingChoice[] = [];
  for (const item of value.split(',')) {
    const [, name, level] = /^\s*(\w+)\s*(?::\s*(\d{1,2})\s*)?$/.exec(item) ?? [];
    const known = DEFAULTS.find(({ coding }) => coding === name?.toLowerCase());
    if (known === undefined || choices.some(({ coding }) => coding === known.coding)) {
      throw new UnacceptableValue(ACCEPTED);
    }
    choices.push({
      coding: known.coding,
      level: level === undefined ? known.level : checkedLevel(known.coding, level),
    });
  }
  return choices;
};

function checkedLevel(coding: Coding, level: string): number {
  const [least, most] = LEVELS[coding];
  const number = Number(level);
  if (number < least || number > most) throw new UnacceptableValue(ACCEPTED);
  return number;
}

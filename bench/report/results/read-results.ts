import { readFileSync } from 'node:fs';
import { messageOf } from '../../../src/shared/errors.ts';
import { UsageError } from '../../options/usage-error.ts';
import { parseResults } from './parse-results.ts';
import type { Results } from './results.ts';

/** @throws {UsageError} when there is no such file, or it is not what `--json` wrote. */
export function readResults(file: string): Results {
  return parseResults(read(file), file);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

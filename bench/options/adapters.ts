import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programFile } from '../program-file.ts';
import { unacceptable, UsageError } from './usage-error.ts';

/** One column of the comparison: a program, and the variables that it is started with. */
export interface AdapterUnderTest {
  readonly name: string;
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const OURS = fileURLToPath(new URL('../../dist/lambda-adapter', import.meta.url));
const CALIBRATION = { name: 'null', path: programFile('../calibration/null-adapter.ts', import.meta.url) };

/**
 * @param given `NAME=PATH` each
 * @param variables `NAME=VALUE` for all of them, or `ADAPTER:NAME=VALUE`
 * @param calibrate whether the null adapter takes part
 * @throws {UsageError}
 */
export function adaptersFrom(
  given: readonly string[],
  variables: readonly string[],
  calibrate: boolean,
): AdapterUnderTest[] {
  const tested = given.length === 0 ? [ours()] : given.map(program);
  // Last: the others are compared with the first one, not with what does nothing.
  const programs = calibrate ? [...tested, CALIBRATION] : tested;
  const names = programs.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw unacceptable('adapter', `${twice}=…`);
  const settings = variables.map((text) => variable(text, names));
  return programs.map(({ name, path }) => {
    const own = settings.filter(({ adapter }) => adapter === null || adapter === name);
    return { name, path, env: Object.fromEntries(own.map((setting) => [setting.name, setting.value])) };
  });
}

function ours() {
  if (!isExecutable(OURS)) throw new UsageError('dist/lambda-adapter has not been built: npm run build');
  return { name: 'ours', path: OURS };
}

function program(text: string) {
  const [, name, file] = /^([\w.-]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || file === undefined) throw unacceptable('adapter', text);
  const path = resolve(file);
  if (!isExecutable(path)) throw unacceptable('adapter', text);
  return { name, path };
}

function variable(text: string, adapters: readonly string[]) {
  const [, adapter = null, name, value] = /^(?:([\w.-]+):)?([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw unacceptable('env', text);
  if (adapter !== null && !adapters.includes(adapter)) throw unacceptable('env', text);
  return { adapter, name, value };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

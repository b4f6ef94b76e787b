import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StagedAdapter {
  /** What to start. */
  readonly path: string;
  remove(): void;
}

/** On Lambda an extension registers under the name of its file. Some adapters take theirs from it, others have it built in. */
const NAME = 'lambda-adapter';

/** Gives a program the name that it has on Lambda, whatever the file is called here. */
export function stageAdapter(program: string): StagedAdapter {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-adapter-bench-'));
  const path = join(folder, NAME);
  symlinkSync(program, path);
  process.once('exit', remove);
  return { path, remove };

  function remove(): void {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  }
}

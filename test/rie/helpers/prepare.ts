import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { emulatorProgram } from './emulator-program.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of AWS's emulator. */
    readonly emulatorProgram: string;
    /** Path of the adapter's layer as a zip. */
    readonly layer: string;
  }
}

/** Once before all tests: the emulator, and the layer as it would be published. */
export default function prepare(project: TestProject): () => void {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'these tests run as root: /opt and /var are replaced in mount namespaces, which end with the tests',
    );
  }
  project.provide('emulatorProgram', emulatorProgram());
  const folder = mkdtempSync(join(tmpdir(), 'rie-layer-'));
  const layer = join(folder, 'layer.zip');
  execFileSync(process.execPath, ['docker/layer.mjs', layer], { stdio: ['ignore', 'ignore', 'inherit'] });
  project.provide('layer', layer);
  return () => rmSync(folder, { recursive: true, force: true });
}

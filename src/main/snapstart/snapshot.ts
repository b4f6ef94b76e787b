import type { Config } from '../../shared/config.ts';
import { callHook } from './hook.ts';
import { waitForRestore } from './wait-for-restore.ts';

/**
 * Goes through the snapshot, up to its other side. The app is ready and nobody has polled: there is no connection to it, and
 * none to the Runtime API, that the snapshot could preserve.
 */
export async function passSnapshot({ app, runtimeApi, snapStart }: Config): Promise<void> {
  if (snapStart.beforeCheckpointPath !== null) {
    await callHook(app, snapStart.beforeCheckpointPath, 'Runtime.BeforeCheckpointError');
  }
  await waitForRestore(runtimeApi);
}

/** The app learns of the restore before it is asked whether it is ready: it may need this to become so. */
export async function tellOfRestore({ app, snapStart }: Config): Promise<void> {
  if (snapStart.afterRestorePath !== null) {
    await callHook(app, snapStart.afterRestorePath, 'Runtime.AfterRestoreError');
  }
}

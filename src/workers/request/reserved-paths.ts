import type { SnapStartConfig } from '../../shared/config.ts';
import { readingsOf } from './path-readings.ts';

/** Whether a request target is one that only the adapter itself may ask the app for. */
export type IsReserved = (target: string) => boolean;

/**
 * The paths at which the app is told of a snapshot change its state, so nobody outside may reach them, however they are
 * spelled: which spellings lead to them only the app's server knows. Null when there are none.
 */
export function createReservedPaths({ beforeCheckpointPath, afterRestorePath }: SnapStartConfig): IsReserved | null {
  const reserved = new Set<string>();
  for (const path of [beforeCheckpointPath, afterRestorePath]) if (path !== null) reserved.add(path.toLowerCase());
  if (reserved.size === 0) return null;
  return (target) => {
    const [path = ''] = target.split('?', 1);
    const readings = readingsOf(path);
    return readings === null || [...readings].some((reading) => reserved.has(reading));
  };
}

import { FAULTS } from './kinds/faults.ts';
import type { Draft, Kind } from './kinds/kind.ts';
import { TRAFFIC } from './kinds/traffic.ts';
import { idOf } from './marked-bytes.ts';
import type { InvokeMode } from '../../src/shared/config.ts';
import type { Shot } from './shot.ts';

const FAULT_PERCENT = 5;

/** Draws the shots of one adapter, each with an id of its own. */
export function createDraw(mode: InvokeMode, random: Draft['random'], nextNumber: () => number): () => Shot {
  return () => {
    const isFault = random(100) < FAULT_PERCENT;
    const kind = drawKind(isFault ? FAULTS : TRAFFIC, random);
    const id = idOf(nextNumber());
    return { id, kind: kind.name, isFault, ...kind.make({ id, mode, random }) };
  };
}

function drawKind(kinds: readonly Kind[], random: Draft['random']): Kind {
  let left = random(kinds.reduce((sum, { weight }) => sum + weight, 0));
  const drawn = kinds.find(({ weight }) => (left -= weight) < 0);
  if (drawn === undefined) throw new RangeError('there is nothing to draw from');
  return drawn;
}

import type { CodingChoice, Config } from '../../shared/config.ts';
import type { ResponseHead } from '../response/head.ts';
import type { HttpDecoded } from '../types.ts';
import { chooseCoding } from './choose-coding.ts';
import { isCompressible } from './compressible.ts';

export interface CompressionPlan {
  /** Another client would get this response compressed, if it is not too short. */
  readonly isOffered: boolean;
  /** How this client gets it; null for plain. */
  readonly choice: CodingChoice | null;
}

const NOT_OFFERED: CompressionPlan = { isOffered: false, choice: null };

/** Decides by the head of a response. */
export function planCompression(
  head: ResponseHead,
  { acceptEncoding }: HttpDecoded,
  { compression }: Config,
  isStreamed: boolean,
): CompressionPlan {
  if (compression.length === 0 || !isCompressible(head, isStreamed)) return NOT_OFFERED;
  return { isOffered: true, choice: chooseCoding(acceptEncoding, compression) };
}

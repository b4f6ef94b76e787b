import type { Question } from '../question.ts';
import { app } from './app.ts';
import { base64 } from './base64.ts';
import { compression } from './compression.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { hop } from './hop.ts';
import { negotiation } from './negotiation.ts';

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [decode, encode, negotiation, compression, base64, hop, app];

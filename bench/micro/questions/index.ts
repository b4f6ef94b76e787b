import type { Question } from '../question.ts';
import { decode } from './decode.ts';

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [decode];

import type { Socket } from 'node:net';
import type { PreparedAnswer } from './prepared-answer.ts';

/** Writes answers to a connection, one after the other, as fast as the reader takes them and the answers want to be sent. */
export class AnswerWriter {
  readonly #socket: Socket;
  readonly #owed: PreparedAnswer[] = [];
  /** The next one of the first answer. */
  #piece = 0;
  #isPaused = false;
  #hasRested = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('drain', () => this.#resume());
  }

  add(answer: PreparedAnswer): void {
    this.#owed.push(answer);
    if (!this.#isPaused) this.#write();
  }

  #resume(): void {
    this.#isPaused = false;
    this.#write();
  }

  /** What can go at once goes to the kernel in one piece. */
  #write(): void {
    this.#socket.cork();
    this.#writePieces();
    this.#socket.uncork();
  }

  #writePieces(): void {
    for (let [answer] = this.#owed; answer !== undefined && !this.#isPaused; [answer] = this.#owed) {
      const pauseMs = answer.pauseBefore(this.#piece);
      if (pauseMs > 0 && !this.#hasRested) return this.#rest(pauseMs);
      this.#hasRested = false;
      // A long answer must not pile up here.
      if (!this.#socket.write(answer.piece(this.#piece))) this.#isPaused = true;
      this.#piece++;
      if (this.#piece < answer.pieces) continue;
      this.#piece = 0;
      this.#owed.shift();
    }
  }

  #rest(ms: number): void {
    this.#isPaused = true;
    setTimeout(() => {
      this.#hasRested = true;
      this.#resume();
    }, ms);
  }
}

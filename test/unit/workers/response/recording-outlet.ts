import type { Outlet } from '../../../../src/workers/response/answer.ts';

/** Keeps what an answer does to its invocation. */
export class RecordingOutlet implements Outlet {
  readonly responses: string[] = [];
  readonly failures: unknown[] = [];
  readonly stream: string[] = [];

  /** How often the app has to be released to go on. */
  holds = 0;

  respond(body: Uint8Array): void {
    this.responses.push(Buffer.from(body).toString());
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }

  startStream(contentType: string, chunk: Uint8Array): void {
    this.stream.push(`start ${contentType} ${Buffer.from(chunk).toString()}`);
  }

  streamChunk(chunk: Buffer): void {
    this.stream.push(`chunk ${chunk.toString()}`);
  }

  endStream(): void {
    this.stream.push('end');
  }

  holdApp(): void {
    this.holds++;
  }

  releaseApp(): void {
    this.holds--;
  }
}

/**
 * Messages of one event-loop turn as they cross to the other thread: framed in one piece of memory, which is moved, and
 * beside it what is too large to be copied into the frames. A structured clone of objects with an `ArrayBuffer` each takes
 * four times as long for 64 messages, and leaves that much more for two garbage collectors.
 */
export type Batch = ArrayBuffer | readonly [frames: ArrayBuffer, ...attachments: ArrayBuffer[]];

/** From this size on bytes travel beside the frames. */
export const ATTACHED_BYTES = 16 * 1024;

/** Stands in the frames instead of a length. */
export const ATTACHED = 0xffff_ffff;

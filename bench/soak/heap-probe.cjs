// Loaded on each thread of an adapter under soak. On SIGUSR2 the heaps of all threads are freed of garbage, and what they
// still hold together, buffers outside of them included, is written in bytes to HEAP_PROBE_FILE.
// A channel between threads has no origin.
/* oxlint-disable unicorn/require-post-message-target-origin */
const { renameSync, writeFileSync } = require('node:fs');
const { getHeapStatistics, setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { BroadcastChannel, isMainThread } = require('node:worker_threads');

const file = process.env.HEAP_PROBE_FILE;
/** In which the other threads have answered. */
const ANSWERS_MS = 1000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const questions = new BroadcastChannel('heap-probe-questions');
const answers = new BroadcastChannel('heap-probe-answers');

if (isMainThread) {
  let sum = 0;
  answers.addEventListener('message', ({ data }) => {
    sum += data;
  });
  process.on('SIGUSR2', () => {
    questions.postMessage(null);
    sum = heldBytes();
    setTimeout(() => {
      // Never read before it is whole.
      writeFileSync(`${file}.part`, String(sum));
      renameSync(`${file}.part`, file);
    }, ANSWERS_MS);
  });
} else {
  questions.addEventListener('message', () => answers.postMessage(heldBytes()));
}
// The adapter may end all the same.
for (const channel of [questions, answers]) channel.unref();

function heldBytes() {
  // What the first round finds unreachable may only be freed by the second.
  for (let round = 0; round < 2; round++) collectGarbage();
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

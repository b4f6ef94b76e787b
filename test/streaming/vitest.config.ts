import { defineConfig } from 'vitest/config';

/** Minutes of streaming, which are not part of `npm test`: `vitest run --config test/streaming/vitest.config.ts`. */
export default defineConfig({
  test: { include: ['test/streaming/*.long.ts'], testTimeout: 600_000, hookTimeout: 60_000 },
});

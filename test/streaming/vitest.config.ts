import { defineConfig } from 'vitest/config';

/** Minutes of streaming, which are not part of `npm test`: `npm run test:memory`. */
export default defineConfig({
  test: { include: ['test/streaming/*.long.ts'], testTimeout: 600_000, hookTimeout: 60_000 },
});

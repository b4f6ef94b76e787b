import { defineConfig } from 'vitest/config';

/** The adapter under AWS's own emulator, which is built with Go: not part of `npm test`. See docs/rie.md. */
export default defineConfig({
  test: {
    include: ['test/rie/**/*.rie.ts'],
    globalSetup: 'test/rie/helpers/prepare.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

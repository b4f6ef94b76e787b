import { defineConfig } from 'vitest/config';

/** The benchmark's report in a real browser, which not every machine has: not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

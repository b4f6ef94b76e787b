import { defineConfig } from 'vitest/config';

/** Recorded events and answers of other projects. They are not part of this repository, hence not of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/conformance/**/*.conformance.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most suites start real processes; more files at once than cores only makes them wait for each other.
    maxWorkers: 2,
  },
});

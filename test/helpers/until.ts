/** Waits, looking every few milliseconds, for what tells nobody that it has come. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

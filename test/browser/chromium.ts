import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts the Chromium of this machine, or that of `CHROMIUM`; none is downloaded.
 *
 * @throws Error that says what to do when there is none.
 */
export function launchChromium(): Promise<Browser> {
  const named = process.env['CHROMIUM'];
  const executablePath = (named === undefined ? USUAL : [named]).find(existsSync);
  if (executablePath === undefined) {
    throw new Error(
      `No Chromium at ${named ?? USUAL.join(', ')}: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.`,
    );
  }
  // Its sandbox does not start for root, as which CI runs; the only page that it opens is our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

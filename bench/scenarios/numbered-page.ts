const DIGITS = 9;

/** What the app writes over the bytes of its page from `numberAt` on: with it no two answers are the same. */
export function numberText(number: number): Buffer {
  return Buffer.from(String(number).padStart(DIGITS, '0'));
}

/** The number in a body that else is this page, byte for byte; null when it is not. */
export function numberIn(body: Buffer, page: Buffer, at: number): number | null {
  const end = at + DIGITS;
  const isPage =
    body.length === page.length &&
    body.subarray(0, at).equals(page.subarray(0, at)) &&
    body.subarray(end).equals(page.subarray(end));
  const digits = body.toString('latin1', at, end);
  return isPage && /^\d+$/.test(digits) ? Number(digits) : null;
}

/** More readings than any path has that nobody made up to confuse. */
const MOST_READINGS = 100;

/**
 * What one server or another does with a path before it looks for a route, each step on its own: they differ in which of these
 * they do, and in which order.
 */
const STEPS: readonly ((path: string) => string)[] = [
  decodeOnce,
  (path) => path.replaceAll('\\', '/'),
  // Parameters of a segment, such as `;jsessionid=1`.
  (path) => path.replace(/;[^/]*/g, ''),
  // A URL parser takes what follows two slashes for a host.
  (path) => path.replace(/^[/\\]{2,}[^/\\]+(?=[/\\])/, ''),
  (path) => path.replace(/[?#\0].*$/s, ''),
  // Characters that URL parsers leave out.
  // oxlint-disable-next-line no-control-regex
  (path) => path.replace(/[\0-\x20]+/g, ''),
  (path) => path.replace(/\/{2,}/g, '/'),
  withoutDotSegments,
];

/**
 * Every path that a server could take this one for, in lower case and without slashes at its end; null when there are too many
 * to tell. For a path without anything that could be read in two ways that is one reading.
 */
export function readingsOf(path: string): ReadonlySet<string> | null {
  const seen = new Set([path]);
  for (const reading of seen) {
    for (const step of STEPS) seen.add(step(reading));
    if (seen.size > MOST_READINGS) return null;
  }
  return new Set(Array.from(seen, (reading) => withoutEndSlashes(reading.toLowerCase())));
}

/** Not by a pattern: those need time that grows with the square of the number of slashes. */
function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path.charAt(end - 1) === '/') end--;
  return path.slice(0, end);
}

/** Byte by byte: a path to compare with has ASCII alone. */
function decodeOnce(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_escape, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4 */
function withoutDotSegments(path: string): string {
  if (!path.includes('/.')) return path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return kept.join('/').replace(/^(?!\/)/, '/');
}

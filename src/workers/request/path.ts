import { escapePath } from './percent-encoding.ts';

/**
 * The path part of the request target.
 *
 * Dot segments and backslashes are not resolved: the rules of the front door (routes, authorizers, firewalls) saw the
 * unresolved form, and the app must see the same.
 */
export function pathTarget(path: string, basePath: string | null): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return escapePath(basePath === null ? rooted : withoutBasePath(rooted, basePath));
}

/** Takes `/base` off `/base` and `/base/x`, once; `/based` is another path. */
function withoutBasePath(path: string, basePath: string): string {
  if (!path.startsWith(basePath)) return path;
  if (path.length === basePath.length) return '/';
  return path.charAt(basePath.length) === '/' ? path.slice(basePath.length) : path;
}

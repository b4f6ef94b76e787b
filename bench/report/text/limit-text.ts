import type { Limit } from '../../load/closed-loop.ts';

/** How long a load lasts. */
export function limitText(limit: Limit): string {
  switch (limit.kind) {
    case 'duration':
      return `${limit.ms / 1000} s`;
    case 'requests':
      return `${limit.count} requests${limit.mostBytes === undefined ? '' : ` or ${limit.mostBytes / 1024 ** 2} MB`}`;
  }
}

import type { Limit } from '../../load/limit.ts';

/** How long a load lasts. */
export function limitText(limit: Limit): string {
  switch (limit.kind) {
    case 'duration':
      return `${limit.ms / 1000} s`;
    case 'requests':
      return [
        `${limit.count} requests`,
        ...(limit.mostBytes === undefined ? [] : [`${limit.mostBytes / 1024 ** 2} MB`]),
        ...(limit.mostMs === undefined ? [] : [`${limit.mostMs / 1000} s`]),
      ].join(' or ');
  }
}

import type { Address, StatusRanges } from '../../shared/config.ts';

/** Says what a value would have to be; the caller adds the variable and the value. */
export class UnacceptableValue extends Error {}

export type Parser<T> = (text: string) => T;

export const boolean: Parser<boolean> = (value) => {
  switch (value.toLowerCase()) {
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      throw new UnacceptableValue('true or false');
  }
};

export function integer(first: number, last: number): Parser<number> {
  return (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (!(number >= first && number <= last)) throw new UnacceptableValue(`a whole number from ${first} to ${last}`);
    return number;
  };
}

export const port = integer(1, 65_535);

/** Seconds, whole or with a fraction, as milliseconds. */
export function seconds(last: number): Parser<number> {
  return (value) => {
    const number = /^\d{1,9}(\.\d{1,3})?$/.test(value) ? Number(value) : NaN;
    if (!(number <= last)) throw new UnacceptableValue(`seconds from 0 to ${last}`);
    return Math.round(number * 1000);
  };
}

export function oneOf<const T extends string>(...accepted: readonly T[]): Parser<T> {
  return (value) => {
    const found = accepted.find((name) => name === value.toLowerCase());
    if (found === undefined) throw new UnacceptableValue(accepted.join(' or '));
    return found;
  };
}

/** A host name or address; an IPv6 address with or without its brackets. */
export const host: Parser<string> = (value) => {
  const name = value.replace(/^\[(.*)\]$/, '$1');
  if (!/^[\w.:%-]+$/.test(name)) throw new UnacceptableValue('a host name or IP address without scheme, port or path');
  return name;
};

/** `host:port`, with or without `http://` in front of it and a slash behind. */
export const address: Parser<Address> = (value) => {
  const parts = /^(?:http:\/\/)?(\[[^\]]+\]|[^:/]+):(\d{1,5})\/?$/i.exec(value);
  if (parts?.[1] === undefined || parts[2] === undefined) throw new UnacceptableValue('host:port');
  return { host: host(parts[1]), port: port(parts[2]) };
};

/** A request target: gets the slash that it needs in front. */
export const path: Parser<string> = (value) => (value.startsWith('/') ? value : `/${value}`);

/**
 * A path that can be kept from the outside: one that has a single plain spelling, so that every other spelling of it can be
 * recognised. A slash at the end goes.
 */
export const hookPath: Parser<string> = (value) => {
  const rooted = path(value).replace(/\/$/, '');
  if (!/^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(rooted)) {
    throw new UnacceptableValue('a path of letters, digits and -._~ other than /, such as /snapstart/after-restore');
  }
  return rooted;
};

/** A leading path to take away: one slash in front, none behind; `/` alone means nothing. */
export const basePath: Parser<string | null> = (value) => {
  const inner = value.replace(/^\/+|\/+$/g, '');
  return inner === '' ? null : `/${inner}`;
};

export const headerName: Parser<string> = (value) => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(value)) throw new UnacceptableValue('the name of a header');
  return value.toLowerCase();
};

/** {@link statusRanges} where none at all would make no sense. */
export const someStatusRanges: Parser<StatusRanges> = (value) => {
  const ranges = statusRanges(value);
  if (ranges.length === 0) throw new UnacceptableValue('at least one status code');
  return ranges;
};

/** Comma-separated codes and inclusive ranges, `500,502-504`. Empty text is no code at all. */
export const statusRanges: Parser<StatusRanges> = (value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const parts = /^(\d{3})(?:\s*-\s*(\d{3}))?$/.exec(item);
      const first = Number(parts?.[1]);
      const last = Number(parts?.[2] ?? parts?.[1]);
      if (!(first >= 100 && last >= first)) {
        throw new UnacceptableValue('status codes from 100 to 999 and ranges of them, such as 500,502-504');
      }
      return [first, last] as const;
    });

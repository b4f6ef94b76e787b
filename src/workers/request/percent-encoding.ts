/** A `%` that begins no escape. */
const BARE_PERCENT = /%(?![0-9A-Fa-f]{2})/g;
const NOT_IN_PATH = /["#<>?`{}\\]+|[^\x21-\x7e]+/g;
const NOT_IN_QUERY = /["#<>]+|[^\x21-\x7e]+/g;
const FORM_SAFE = /^[A-Za-z0-9*\-._]*$/;
/** What `encodeURIComponent` spells otherwise than the form rules do. */
const FORM_DIFFERENCE = /%20|[!'()~]/g;

/** Escapes what cannot stand in a path; escapes that are there, dot segments and empty segments stay as they came. */
export function escapePath(text: string): string {
  return text.replace(NOT_IN_PATH, escapeRun);
}

/** Escapes what cannot stand in a query and leaves all else as it came, broken escapes included. */
export function escapeQuery(text: string): string {
  return text.replace(NOT_IN_QUERY, escapeRun);
}

/** For sources that decode paths: a `%` that begins no escape there was `%25` on the wire. */
export function escapeBarePercent(text: string): string {
  return text.replace(BARE_PERCENT, '%25');
}

/** @see https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set */
export function formEncode(text: string): string {
  if (FORM_SAFE.test(text)) return text;
  return escapeRun(text).replace(FORM_DIFFERENCE, (match) =>
    match === '%20' ? '+' : `%${match.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `encodeURIComponent` throws on a lone surrogate, which JSON can hold. */
function escapeRun(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

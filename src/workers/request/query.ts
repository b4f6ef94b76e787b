import { objectOf, textsIn, type JsonObject } from './fields.ts';
import { escapeQuery, formEncode } from './percent-encoding.ts';

/** For sources that deliver names and values decoded. */
export function decodedQuery(event: JsonObject, ...fields: readonly string[]): string {
  return queryFromFields(event, fields, formEncode);
}

/** For sources that deliver names and values as they stood in the URL. */
export function encodedQuery(event: JsonObject, ...fields: readonly string[]): string {
  return queryFromFields(event, fields, escapeQuery);
}

/** Reads the first of the fields that has any parameter: sources repeat the same parameters in their other map. */
function queryFromFields(event: JsonObject, fields: readonly string[], encode: (text: string) => string): string {
  for (const field of fields) {
    const query = queryFromMap(objectOf(event[field], field), field, encode);
    if (query !== '') return query;
  }
  return '';
}

function queryFromMap(parameters: JsonObject | null, field: string, encode: (text: string) => string): string {
  if (parameters === null) return '';
  let query = '';
  for (const name of Object.keys(parameters)) {
    for (const value of textsIn(parameters, name, field)) {
      if (query !== '') query += '&';
      query += `${encode(name)}=${encode(value)}`;
    }
  }
  return query;
}

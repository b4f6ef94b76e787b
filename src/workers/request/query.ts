import { objectOf, textsIn, type JsonObject } from './fields.ts';
import { memberNames, memberText } from './json-text.ts';
import { escapeQuery, formEncode } from './percent-encoding.ts';

/** For sources that deliver names and values decoded. */
export function decodedQuery(event: JsonObject, json: string, ...fields: readonly string[]): string {
  return queryFromFields(event, json, fields, formEncode);
}

/** For sources that deliver names and values as they stood in the URL. */
export function encodedQuery(event: JsonObject, json: string, ...fields: readonly string[]): string {
  return queryFromFields(event, json, fields, escapeQuery);
}

/** Reads the first of the fields that has any parameter: sources repeat the same parameters in their other map. */
function queryFromFields(
  event: JsonObject,
  json: string,
  fields: readonly string[],
  encode: (text: string) => string,
): string {
  for (const field of fields) {
    const parameters = objectOf(event[field], field);
    if (parameters === null) continue;
    const names = namesInOrder(parameters, () => memberText(json, field));
    const query = queryFromMap(parameters, names, field, encode);
    if (query !== '') return query;
  }
  return '';
}

/** The language moves names that are whole numbers to the front; where there are none its order is that of the text. */
function namesInOrder(parameters: JsonObject, written: () => string | null): readonly string[] {
  const names = Object.keys(parameters);
  const [first] = names;
  if (first === undefined || names.length === 1 || !/^\d/.test(first)) return names;
  const json = written();
  return json === null ? names : memberNames(json);
}

function queryFromMap(
  parameters: JsonObject,
  names: readonly string[],
  field: string,
  encode: (text: string) => string,
): string {
  let query = '';
  for (const name of names) {
    for (const value of textsIn(parameters, name, field)) {
      if (query !== '') query += '&';
      query += `${encode(name)}=${encode(value)}`;
    }
  }
  return query;
}

/**
 * JSON text as a field value: what JSON leaves raw beyond printable ASCII (DEL too) becomes `\uXXXX`, because servers read
 * field values as latin1 and the app's `JSON.parse` would see other characters.
 */
export function asciiJson(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

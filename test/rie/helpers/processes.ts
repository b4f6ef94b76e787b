import { readdirSync, readFileSync } from 'node:fs';

/** The process below another one whose command line holds `text`. */
export function processBelow(pid: number, text: string): number {
  const found = descendants(pid).find((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(text));
  if (found === undefined) throw new Error(`no process ${text} below ${pid}`);
  return found;
}

/** Names of the variables that the process was started with. */
export function variableNames(pid: number): string[] {
  return readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .map((variable) => variable.split('=', 1).join(''));
}

export function threadNames(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map((id) => readFileSync(`/proc/${pid}/task/${id}/comm`, 'utf8').trim());
}

/** Whoever was started from deeper down comes before whoever started it. */
function descendants(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((id) => readFileSync(`/proc/${pid}/task/${id}/children`, 'utf8').match(/\d+/g) ?? [])
    .flatMap((child) => descendants(Number(child)).concat(Number(child)));
}

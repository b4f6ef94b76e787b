/** What a program needs to run at all on this machine. */
const BASICS = new Set(['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TERM', 'TMPDIR']);

/** Variables of this process that a process of the environment starts from; the platform's own are never taken over. */
export function baseVariables(inheritAll: boolean): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || name.startsWith('AWS_LAMBDA_')) continue;
    if (inheritAll || BASICS.has(name)) variables[name] = value;
  }
  return variables;
}

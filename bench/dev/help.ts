import { OPTIONS, type OptionHelp } from './option-table.ts';
import { PROGRAM } from './invoked-as.ts';

export function helpText(): string {
  const options: [string, OptionHelp][] = Object.entries(OPTIONS);
  const labels = options.map(([name, option]) => `--${name}${option.value === null ? '' : ` ${option.value}`}`);
  const width = Math.max(...labels.map((label) => label.length));
  const lines = options.map(([, option], index) => `  ${(labels[index] ?? '').padEnd(width)}  ${option.help}`);
  return `Serves a web app through an emulated Lambda and the real adapter, on this machine.

  ${PROGRAM}                                          an example app
  ${PROGRAM} -- node server.js                        your app, which listens on PORT
  ${PROGRAM} --app-port 3000 -- node server.js        your app, which listens on 3000
  ${PROGRAM} --app-port 3000                          your app, already running
  ${PROGRAM} --concurrency 32 -- node server.js       as on Lambda Managed Instances

${lines.join('\n')}
`;
}

#!/usr/bin/env node
// The bin `lambda-adapter-bench`. It has to parse on any Node, so that an old one gets a sentence and not a stack trace.
'use strict';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `lambda-adapter-bench needs Node 22.19 or newer and found ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exit(1);
}

void import('./bench/run.mjs');

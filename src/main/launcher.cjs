#!/usr/bin/env node
// The file that Lambda starts. It has to parse on any Node, so that an old one gets a sentence and not a stack trace.
'use strict';
const { existsSync } = require('fs');
const { join } = require('path');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `lambda-adapter needs Node 22.19 or newer and found ${process.versions.node} (${process.execPath}). ` +
      'Use a newer base image or runtime (nodejs22.x or later), or put a newer node first in PATH.\n',
  );
  process.exit(1);
}

// In a layer or image this file is /opt/extensions/lambda-adapter. Lambda takes every file in that folder for an
// extension, so the bundles lie outside it.
const beside = join(__dirname, 'adapter', 'main.js');
require(existsSync(beside) ? beside : join(__dirname, '..', 'lambda-adapter', 'main.js'));

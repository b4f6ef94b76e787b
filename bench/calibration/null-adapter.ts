#!/usr/bin/env node
// The least that looks like an adapter: registers, parks polls, and answers each event with the right answer, which it knows
// beforehand. It calls no app and reads no more of an event than it must: what remains is what the rig and the connection cost,
// and about the most that the rig can do.
import { createConnection } from 'node:net';
import { findScenario } from '../scenarios/index.ts';
import { exchangesOf } from '../scenarios/scenario.ts';
import { prepareReply } from './prepared-reply.ts';
import { register } from './register.ts';
import { Slot } from './slot.ts';

const { AWS_LAMBDA_RUNTIME_API = '', AWS_LAMBDA_MAX_CONCURRENCY = '1', BENCH_SCENARIO = '' } = process.env;
const scenario = findScenario(BENCH_SCENARIO);
if (scenario === null) throw new Error(`no such scenario: ${BENCH_SCENARIO}`);
const replies = exchangesOf(scenario).map(prepareReply);
const [host = '', port = ''] = AWS_LAMBDA_RUNTIME_API.split(':');

await register(AWS_LAMBDA_RUNTIME_API);
for (let slots = Number(AWS_LAMBDA_MAX_CONCURRENCY); slots > 0; slots--) {
  new Slot(createConnection({ host, port: Number(port), noDelay: true }), host, replies).poll();
}

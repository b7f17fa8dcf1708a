#!/usr/bin/env node
import { run } from '../command-line/run.ts';

await run(process.argv.slice(2));

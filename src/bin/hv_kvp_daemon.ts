#!/usr/bin/env node
import { main } from '../daemon/main.ts';

process.exitCode = await main(process.argv.slice(2));

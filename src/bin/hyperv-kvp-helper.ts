#!/usr/bin/env node
import { main } from '../helper/main.ts';

process.exitCode = await main(process.argv.slice(2));

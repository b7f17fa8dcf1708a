import { parseArgs } from 'node:util';
import { boot } from './machine/boot.ts';

const { values } = parseArgs({ options: { exec: { type: 'string' } } });
process.exitCode = await boot(values.exec ?? 'true', { output: process.stdout });

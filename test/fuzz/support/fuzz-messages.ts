import type { Guest } from './guest.ts';
import { Finding, FuzzedDaemon, type FuzzedOptions } from './fuzzed-daemon.ts';
import { Messages } from './messages.ts';
import { Oracle } from './oracle.ts';
import { PoolModel } from './pool-model.ts';
import { Random } from './random.ts';

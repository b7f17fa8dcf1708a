import { setFlagsFromString } from 'node:v8';

// V8 gives new objects ever more room under load, which it does not give back: a request's are dead as soon as it is answered.
setFlagsFromString('--semi-space-growth-factor=1');

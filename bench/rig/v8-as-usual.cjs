// Required before the daemon: its settings of V8's compilers are not made.
const v8 = require('node:v8');
const { syncBuiltinESMExports } = require('node:module');

v8.setFlagsFromString = () => undefined;
syncBuiltinESMExports();

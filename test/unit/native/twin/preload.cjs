// node --require of this file gives a program the addon with FreeBSD's device in place of its own.
const { join } = require('node:path');

const { dlopen } = process;
const twin = join(__dirname, '../build/Release/hv_kvp_twin.node');
process.dlopen = (module, file, ...flags) =>
  dlopen.call(process, module, file.endsWith('hv_kvp.node') ? twin : file, ...flags);

// Every npm script starts here: start.cjs NAME [WORD...] runs scripts/NAME.mjs, on a Node that is new enough for it. Written so
// that a Node that is too old can still read it.
'use strict';

var complaint = require('./node-range.cjs').complaintAbout(process.versions.node);

if (complaint !== undefined) {
  console.error(complaint);
  process.exitCode = 1;
} else {
  var path = require('path').join(__dirname, process.argv[2] + '.mjs');
  process.argv.splice(1, 2, path);
  // What it throws is left to the handler.
  import('./plain-errors.mjs').then(function (errors) {
    errors.reportPlainly();
    return import(require('url').pathToFileURL(path).href);
  });
}

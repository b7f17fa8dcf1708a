/** @typedef {(chapter: string, title: string, row: string, column: string) => string} LookUp a figure of a table, as text */

const shares = 'Where the time of a request';
const compilers = 'The first 1000 requests by how V8';
const calls = 'System calls of a request';
const privates = 'What the private memory is';

/** What the system calls, the transport and V8's compilers have to do with it. @param {LookUp} of @param {string} operation */
function parts(of, operation) {
  return `Beyond the transport’s ${of('why', shares, operation, 'the transport (echo)')} µs, ours takes ${of('why', shares, operation, 'ours beyond it')} µs in the first 1,000 requests and ${of('why', shares, operation, 'ours beyond it, later')} µs once V8 has compiled it, with ${of('why', calls, operation, 'ours')} system calls; the C daemon takes ${of('why', shares, operation, 'C beyond it')} µs, with ${of('why', calls, operation, 'C')}. The first 1,000 take ${of('why', compilers, operation, 'interpreter alone')} µs by V8’s interpreter alone, ${of('why', compilers, operation, 'as V8 decides')} µs where V8 decides when to compile, and ${of('why', compilers, operation, 'as it is')} µs as it is, where it compiles early.`;
}

/** Why a row of targets is missed, by its name; shown where it is. @type {Readonly<Record<string, (of: LookUp) => string>>} */
export const reasons = {
  'automatic keys': (of) =>
    `the C daemon has read all but the addresses once, at its start, and then sends back what it has. ${parts(of, 'OSVersion')} OSName and FullyQualifiedDomainName also ask whether os-release, /etc/hosts or the host name have changed, of which the C daemon notices nothing until it is restarted. The two addresses are read for each request for a second after the start and after each change of the network, ${of('why', compilers, 'NetworkAddressIPv4', 'as it is')} µs each time, since Linux removes routes without a message; from then on they take less time than the C daemon’s, which reads them always.`,
  'GET, ENUMERATE at 0–10 records': (of) =>
    `the C daemon reads its whole file for each request, which at ten records is little. ${parts(of, 'GET hit')}`,
  'GET, ENUMERATE at 100 records': (of) =>
    `ours takes the same time at any number of records, as above, and at 100 the transport alone, ${of('why', shares, 'GET hit', 'the transport (echo)')} µs, is a large part of what the C daemon takes.`,
  'GET, ENUMERATE at 1,000 records': (of) =>
    `ours takes the same time at any number of records: the ${of('why', shares, 'GET hit', 'ours beyond it')} µs beyond the transport that it takes at 10 in the first 1,000 requests, and ${of('why', shares, 'GET hit', 'ours beyond it, later')} µs later.`,
  'SET at 0–10 records': (of) =>
    `the C daemon writes its whole file without a journal, which at ten records is little. Three of our calls are writes: what is about to change, the change, that it is done. Each of the others is one that the contract of the pools needs: after a crash a record is old or new, a neighbour’s change is neither overlooked nor overwritten, and a neighbour that cuts the file off is noticed. ${parts(of, 'SET overwrite')}`,
  'SET at 100 records': (of) =>
    `as at ten records: ours takes the same time at any number, ${of('why', shares, 'SET overwrite', 'ours beyond it')} µs beyond the transport in the first 1,000 requests, and ${of('why', shares, 'SET overwrite', 'ours beyond it, later')} µs later.`,
  'GET_IP_INFO of an adapter that is not there': (of) =>
    `such an adapter is looked for once, and again whenever the kernel reports a change of the network. ${parts(of, 'GET_IP_INFO miss')}`,
  'a burst after a pause, ms': (of) =>
    `fourteen requests at ${of('why', compilers, 'GET hit', 'interpreter alone')} µs or more each: after the pause others have used the processor’s caches, and a few dozen requests are too few for V8’s compilers; the C daemon takes ${of('day', '14 requests', 'C, pages warm', 'median')} ms.`,
  'the same after memory pressure, ms': (of) =>
    `all pages that are in files were taken, and are read again from the disk as they are needed: of ${of('day', '14 requests', 'ours, pages warm', 'RSS before, MB')} MB ${of('day', '14 requests', 'ours, after memory pressure', 'RSS before, MB')} MB were left. Node’s program is large, and what runs of it is scattered; the C daemon, whose library others use all the time, takes ${of('day', '14 requests', 'C, after memory pressure', 'median')} ms. A process that locks its pages in memory would hold some 40 MB for ever, which is worse for a guest.`,
  'start until registered, times node -e 0': () =>
    'beyond Node’s own start, the daemon reads one file of 300 kB and runs its outermost level, loads the addon, reads its configuration, and opens device and pools. What can wait is loaded after the registration. A snapshot of V8’s heap would save the rest, but it must be made by the same Node that reads it, and a package is for every Node from 20 on.',
  'private memory beyond an idle node, MB': (of) =>
    `${of('why', privates, 'V8’s heap and other mappings', 'more')} MB of it are V8’s: the texts of our programs and the code and objects made of them, and its room for young objects, which doubles when it is first tidied up. Some 1.8 MB are the parts that are loaded although they may never be needed, so that an upgrade does not take them from a daemon that runs. No setting of V8 made it less by more than the noise: a smaller room for young objects, one thread, lazy compilation, no flushing of code, its mode for small machines; without comments and white space in our texts it would be 0.3 MB less, and the report of a crash could no longer be read.`,
  'private memory beyond an idle node after many requests, MB': () =>
    'code that V8 has compiled, and what it knows of the types that it met, come on top of what there is after the start; it does not grow from then on.',
  'a day of a host’s rhythm, s of processor': (of) =>
    `each request costs what one of the first thousand does; the C daemon takes ${of('day', 'A day', 'C', 'processor s')} s.`,
};

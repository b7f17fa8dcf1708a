import '../process/needed-node.ts';

// Not before a Node that is too old has said so: it would miss something of what is imported there, and say that.
const { run } = await import('../hvkvp/run.ts');
await run(process.argv.slice(2));

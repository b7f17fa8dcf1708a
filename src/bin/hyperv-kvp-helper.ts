import '../process/needed-node.ts';

// Not before a Node that is too old has said so: it would miss something of what is imported there, and say that.
const { main } = await import('../helper/server/main.ts');
process.exitCode = await main(process.argv.slice(2));

import '../process/needed-node.ts';
import '../process/young-objects.ts';

// Not before a Node that is too old has said so: it would miss something of what is imported there, and say that.
const { main } = await import('../daemon/main.ts');
process.exitCode = await main(process.argv.slice(2));

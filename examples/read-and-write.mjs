// Tells the host something, and reads what it has told this guest: read-and-write.mjs [FOLDER OF THE POOLS].
import { openPool, TooLong } from 'hyperv-kvp';

const [directory] = process.argv.slice(2);
const place = directory === undefined ? {} : { directory };

const guest = await openPool('guest', place);
await guest.set('AppVersion', '1.4.2');
try {
  await guest.set('AppLog', 'x'.repeat(5000));
} catch (error) {
  if (!(error instanceof TooLong)) throw error;
  console.log(`refused: ${error.message}`);
}
await guest.set('AppLog', 'x'.repeat(5000), { chunk: 'azure-init' });
console.log(
  `the host reads AppVersion ${await guest.get('AppVersion')}, and ${(await guest.get('AppLog'))?.length} bytes of log`,
);
guest.close();

const external = await openPool('external', place);
for (const { key, value } of await external.records()) console.log(`the host says ${key} = ${value}`);
external.close();

import { listFolder, type Machine, readText } from '../machine.ts';

const configuration = '/etc/network/interfaces';
const fragments = '/etc/network/interfaces.d';

/**
 * Whether ifupdown has the adapter use DHCP; undefined if it does not know it. Reads interfaces(5) and the folder which every
 * distribution has it include, not what else it may be told to include.
 */
export function ifupdownUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  const paths = [configuration, ...listFolder(machine, fragments).map((file) => `${fragments}/${file}`)];
  const methods = paths.flatMap((path) => ipv4Methods(readText(machine, path) ?? '', adapter));
  return methods.length === 0 ? undefined : methods.includes('dhcp');
}

function ipv4Methods(text: string, adapter: string): readonly string[] {
  const stanzas = text.matchAll(/^[ \t]*iface[ \t]+(\S+)[ \t]+inet[ \t]+(\S+)/gm);
  return Array.from(stanzas, ([, name, method = '']) => (name === adapter ? [method] : [])).flat();
}

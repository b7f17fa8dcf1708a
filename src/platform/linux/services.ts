import type { Service } from '../hyper-v.ts';
import type { Machine } from '../machine.ts';

/** What distributions call the unit, and we. */
const units = [
  ...['hv_kvp_daemon.service', 'hypervkvpd.service', 'hv-kvp-daemon.service'],
  ...['hv-kvp.service', 'hyperv-kvp.service'],
];
const properties = 'Id,LoadState,ActiveState,UnitFileState';

/** The units of systemd that there are. */
export async function readServices(machine: Machine): Promise<readonly Service[] | undefined> {
  const { status, output } = await machine.run('systemctl', ['show', `--property=${properties}`, ...units]);
  if (status !== 0) return undefined;
  const blocks = output.trim().split('\n\n').map(readBlock);
  const loaded = blocks.filter((block) => ['loaded', 'masked'].includes(block.get('LoadState') ?? ''));
  // Two names of one unit have the same Id.
  return [...new Map(loaded.map((block) => [block.get('Id') ?? '', serviceOf(block)])).values()];
}

function readBlock(block: string): ReadonlyMap<string, string> {
  return new Map(Array.from(block.matchAll(/^(\w+)=(.*)$/gm), ([, name = '', value = '']) => [name, value]));
}

/** A static unit has somebody else who starts it: a rule of udev, when the device appears. */
function serviceOf(block: ReadonlyMap<string, string>): Service {
  const name = block.get('Id') ?? '';
  return {
    name,
    isEnabled: !['disabled', 'masked', 'masked-runtime', ''].includes(block.get('UnitFileState') ?? ''),
    state: stateOf(block.get('ActiveState') ?? ''),
    enable: `systemctl enable --now ${name}`,
    disable: `systemctl disable --now ${name}`,
    log: `journalctl -u ${name}`,
  };
}

function stateOf(activeState: string): Service['state'] {
  if (['active', 'reloading', 'activating'].includes(activeState)) return 'active';
  return activeState === 'failed' ? 'failed' : 'inactive';
}

import type { Service } from '../hyper-v.ts';
import { existsBelow, listFolder, type Machine, readText } from '../machine.ts';

const log = 'grep hv_kvp_daemon /var/log/messages';

/** The scripts of rc(8) and the rules of devd(8) that start a daemon: the base system's is a rule. */
export async function readServices(machine: Machine): Promise<readonly Service[] | undefined> {
  if (!existsBelow(machine, '/etc/rc.d')) return undefined;
  const scripts = mentioning(machine, ['/etc/rc.d', '/usr/local/etc/rc.d']);
  const rules = mentioning(machine, ['/etc/devd', '/usr/local/etc/devd']);
  const services = await Promise.all(scripts.map(({ name }) => scriptService(machine, name)));
  return [...services, ...rules.map(({ path }) => ruleService(path))];
}

function mentioning(machine: Machine, folders: readonly string[]): readonly { name: string; path: string }[] {
  return folders
    .flatMap((folder) => listFolder(machine, folder).map((name) => ({ name, path: `${folder}/${name}` })))
    .filter(({ path }) => readText(machine, path)?.includes('hv_kvp_daemon'));
}

async function scriptService(machine: Machine, name: string): Promise<Service> {
  const [enabled, running] = await Promise.all(
    ['enabled', 'onestatus'].map(async (command) => (await machine.run('service', [name, command])).status === 0),
  );
  return {
    name,
    isEnabled: enabled === true,
    state: running === true ? 'active' : 'inactive',
    enable: `service ${name} enable && service ${name} start`,
    disable: `service ${name} stop && service ${name} disable`,
    log,
  };
}

/** devd starts a daemon when the device appears, and does not look after it. */
function ruleService(path: string): Service {
  return {
    name: path,
    isEnabled: true,
    state: 'unknown',
    enable: 'service devd restart',
    disable: `remove ${path}, then: service devd restart`,
    log,
  };
}

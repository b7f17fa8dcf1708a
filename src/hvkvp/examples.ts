/** A line of a shell, and what it is for. */
export type Example = readonly [line: string, meaning: string];

/** What help and the manual show of each command. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  list: [
    ['hvkvp list', 'all keys and values that are in files'],
    ['hvkvp list --pool external --json', 'what the host has set, for a program'],
    ["hvkvp list 'VM*'", 'the keys that begin with VM'],
  ],
  get: [
    ['hvkvp get Owner', 'the value of a key in any pool'],
    ['hvkvp get HostName --pool auto-external', 'a fact about the host'],
  ],
  dump: [['hvkvp dump > pools.jsonl', 'a copy of all pools, for load']],
  info: [['hvkvp info', 'sizes, damage, and what hosts cannot read']],
  'is-stale': [['hvkvp is-stale && echo stale', 'whether the guest’s pool is from before this start']],
  set: [
    ['hvkvp set AppVersion 1.4.2', 'tell the host'],
    ['hvkvp set Config - --chunk ignition < config.ign', 'a long value, in parts'],
  ],
  append: [['hvkvp append Event started', 'one more record with the key']],
  delete: [
    ['hvkvp delete AppVersion Event', 'remove two keys'],
    ["hvkvp delete 'App*' --yes", 'delete the keys that begin with App, without asking'],
  ],
  clear: [['hvkvp clear --if-stale', 'delete what was written before this start']],
  load: [['hvkvp load pools.jsonl --replace --unsafe', 'restore what dump has written']],
  recover: [['hvkvp recover', 'finish changes interrupted by a crash']],
  watch: [
    ['hvkvp watch Owner --pool external', 'each change that the host makes to a key'],
    ["hvkvp watch 'VM*' --exec /usr/local/bin/on-change", 'run a program for each'],
  ],
  wait: [
    ['owner=$(hvkvp wait Owner --timeout 5m)', 'the value of a key, once the host has set it'],
    ['hvkvp wait Phase --value go', 'until the host says go'],
    ['hvkvp wait Config --chunk ignition', 'a long value, once no more parts come'],
  ],
  status: [['hvkvp status', 'the state of the daemon']],
  config: [
    ['hvkvp config', 'the configuration of the running daemon'],
    ["hvkvp config --socket '' --config new.toml", 'the configuration that a new file would give'],
  ],
  monitor: [
    ['hvkvp monitor --values', 'what the host asks and gets'],
    ["hvkvp monitor --pool external --key 'VM*' --operation set delete", 'the host’s changes of some keys'],
  ],
  decode: [['hvkvp decode requests.jsonl', 'what monitor has recorded']],
  top: [['hvkvp top', 'the daemon at a glance; q quits']],
  metrics: [['hvkvp metrics > /var/lib/node_exporter/hyperv-kvp.prom', 'for a textfile collector']],
  diagnose: [['hvkvp diagnose report.tar.gz', 'what a bug report needs, without keys and values']],
  doctor: [['hvkvp doctor', 'what is wrong, and what to do']],
  'ip show': [['hvkvp ip show', 'adapters, addresses, and who manages them']],
  'ip plan': [['hvkvp ip plan request.toml', 'what a request would change']],
  'ip history': [['hvkvp ip history', 'what the host has set so far']],
  'ip revert': [['hvkvp ip revert eth0', 'restore what was there before the host’s changes']],
  ready: [['hvkvp ready', 'tell the host once the system has started']],
  'report success': [['hvkvp report success --agent my-setup/1.0', 'tell Azure that the machine is ready']],
  'report failure': [
    ["hvkvp report failure --agent my-setup/1.0 --reason 'no network'", 'tell Azure that it is not, and why'],
  ],
  deprovision: [['hvkvp deprovision --dry-run', 'what would be deleted before an image is made']],
  'freebsd-setup': [['hvkvp freebsd-setup --dry-run', 'what would be installed and started']],
  simulate: [
    ['hvkvp simulate', 'play the host at a prompt'],
    ['hvkvp simulate --script examples/demo.kvp', 'commands of a file'],
  ],
  completion: [['eval "$(hvkvp completion bash)"', 'in ~/.bashrc']],
};

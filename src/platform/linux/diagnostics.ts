import type { DiagnosticCommand } from '../diagnostics.ts';

const units = [
  'hyperv-kvp.service',
  'hyperv-kvp-helper.service',
  'hyperv-kvp-helper.socket',
  'hyperv-kvp-ready.service',
];

/** The service manager's, the journal's, the kernel's and the network managers' view. No netplan, whose files have passwords. */
export const diagnosticCommands: readonly DiagnosticCommand[] = [
  {
    file: 'unit.txt',
    about: 'the units and their drop-ins',
    program: 'systemctl',
    args: ['cat', '--no-pager', ...units],
  },
  {
    file: 'unit-state.txt',
    about: 'the state of the units',
    program: 'systemctl',
    args: ['show', '--property=Id,LoadState,ActiveState,SubState,Result,NRestarts,UnitFileState', ...units],
  },
  {
    file: 'journal.txt',
    about: 'the daemon’s last lines',
    program: 'journalctl',
    args: [
      ...['--no-pager', '--quiet', '--output=short-iso', '--lines=1000'],
      ...['-t', 'KVP', '-t', 'hv_kvp_daemon', '-t', 'hypervkvpd', '-t', 'hyperv-kvp-helper'],
    ],
  },
  { file: 'kernel.txt', about: 'the kernel and its version', program: 'uname', args: ['-a'] },
  { file: 'driver.txt', about: 'the version of the driver', program: 'modinfo', args: ['hv_utils'] },
  { file: 'network/addresses.txt', about: 'addresses', program: 'ip', args: ['-details', 'address'] },
  { file: 'network/routes.txt', about: 'routes of IPv4', program: 'ip', args: ['route', 'show', 'table', 'all'] },
  {
    file: 'network/networkd.txt',
    about: 'systemd-networkd',
    program: 'networkctl',
    args: ['--no-pager', '--all', 'status'],
  },
  { file: 'network/networkmanager.txt', about: 'NetworkManager', program: 'nmcli', args: ['device', 'show'] },
  { file: 'network/resolver.txt', about: 'name servers', program: 'resolvectl', args: ['--no-pager', 'status'] },
];

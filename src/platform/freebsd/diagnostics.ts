import type { DiagnosticCommand } from '../diagnostics.ts';

/** The service's, syslog's, the kernel's and the network's view. */
export const diagnosticCommands: readonly DiagnosticCommand[] = [
  { file: 'unit-state.txt', about: 'the state of the service', program: 'service', args: ['hyperv_kvp', 'status'] },
  {
    file: 'journal.txt',
    about: 'the daemon’s lines',
    program: 'grep',
    args: ['-E', 'hv_kvp_daemon|hyperv-kvp', '/var/log/messages'],
  },
  { file: 'kernel.txt', about: 'the kernel and its version', program: 'uname', args: ['-a'] },
  { file: 'driver.txt', about: 'the driver', program: 'sysctl', args: ['dev.vmbus', 'dev.hvutil', 'dev.hvkvp'] },
  { file: 'network/addresses.txt', about: 'addresses', program: 'ifconfig', args: ['-a'] },
  { file: 'network/routes.txt', about: 'routes', program: 'netstat', args: ['-rn'] },
];

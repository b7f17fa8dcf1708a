/** What the kernel calls our daemon and the stock ones; NixOS's is run by a script of its name, and the kernel cuts names. */
export const daemonNames: readonly string[] = ['hv_kvp_daemon', 'hypervkvpd', '.hv_kvp_daemon-'];

/** Node with the program of this package, or that under the name it was started by, as the launcher runs it. */
const ownCommand =
  /^\S*(?:node|hv_kvp_daemon)\S* (?:.*[ /])?hv_kvp_daemon(?:\.js)?(?: |$)|^\S+ (?:--\S+ )+\S*\/hv_kvp_daemon\.js(?: |$)/;

/** Whether a command line, its words separated by blanks, is that of this package's daemon. */
export function isOwnDaemon(command: string): boolean {
  return ownCommand.test(command);
}

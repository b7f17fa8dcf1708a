import { type BootOptions, runMachine } from './machine.ts';

export interface SystemOptions extends BootOptions {
  /** An ext4 image with a Debian that has systemd, udev, kmod and iproute2; it is not written to. */
  readonly image: string;
  /** Whether systemd takes the machine for Hyper-V's, and finds the KVP driver and its adapter. */
  readonly isHyperV: boolean;
  /** Further words for the kernel. */
  readonly parameters?: readonly string[];
  /** For the command. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where the guest has the files of this machine. */
export const machineFiles = '/run/machine';

/**
 * Boots an image with its own systemd, runs a shell command there as root, as the service `lab.service` that nothing waits for,
 * switches the guest off and returns the command's status. What the guest writes to its image is gone in the end.
 * Throws if the guest did not come to the end of the command.
 */
export function bootSystem(command: string, options: SystemOptions): Promise<number> {
  const { image, isHyperV, parameters = [] } = options;
  const guest = {
    script: 'system',
    environment: { IS_HYPER_V: isHyperV ? 'yes' : '', MACHINE: machineFiles, ...options.environment },
    // An emulated processor cannot give Hyper-V's name, but it can be silent; then systemd goes by the machine's.
    processor: isHyperV ? 'max,-hypervisor' : 'max',
    devices: [
      ...['-drive', `file=${image},format=raw,if=virtio,snapshot=on,cache=unsafe`],
      ...(isHyperV ? ['-smbios', 'type=1,manufacturer=Microsoft Corporation,product=Hyper-V'] : []),
    ],
    parameters: [
      'lab_root=/dev/vda',
      // What the image lacks of caches is of no use here.
      'systemd.condition_needs_update=no',
      // An emulated processor of a busy machine may take minutes to start Node.
      'systemd.default_timeout_start_sec=900',
      ...['serial-getty@ttyS0', 'getty@tty1', 'systemd-timesyncd'].map((unit) => `systemd.mask=${unit}.service`),
      ...parameters,
    ],
  } as const;
  return runMachine(command, guest, options);
}

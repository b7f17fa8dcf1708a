import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises';
import { isSystemError } from '../../../../src/device/system-error.ts';
import type { HostChannel } from '../../../../src/simulator/host-channel.ts';

/** The host's end of the real driver's channel; the module `vmbus/` describes its rules. */
export class VmbusChannel implements HostChannel {
  readonly #device: FileHandle;
  readonly #waits: number;

  private constructor(device: FileHandle, waits: number) {
    this.#device = device;
    this.#waits = waits;
  }

  /** `waits`: how often 40 s are waited for a reply. */
  static async open(waits = 1): Promise<VmbusChannel> {
    return new VmbusChannel(await open('/dev/vmbus_host', 'r+'), waits);
  }

  /**
   * One packet to the guest, its reply back. Rejects with ENODEV without a service, with ECANCELED if the driver
   * closes the channel meanwhile, with ETIMEDOUT after 40 s, or as many times that as it waits.
   */
  async exchange(packet: Buffer): Promise<Buffer> {
    await this.#device.write(packet);
    const reply = Buffer.alloc(packetSize);
    for (let wait = 1; ; wait += 1) {
      try {
        const { bytesRead } = await this.#device.read(reply, 0, packetSize);
        return reply.subarray(0, bytesRead);
      } catch (error) {
        if (wait === this.#waits || !(isSystemError(error) && error.code === 'ETIMEDOUT')) throw error;
      }
    }
  }

  /** Offers the KVP service again. */
  async offer(): Promise<void> {
    await writeFile(service, 'offer');
  }

  async ensureOffered(): Promise<void> {
    if ((await readFile(service, 'utf8')).trim() === 'withdrawn') await this.offer();
  }

  /** Withdraws the KVP service; resolves when the driver is gone, which waits for the daemon to close its device. */
  async withdraw(): Promise<void> {
    await writeFile(service, 'withdraw');
  }

  /** Takes the driver through a hibernation and back. */
  async hibernate(): Promise<void> {
    await writeFile(service, 'hibernate');
  }
}

const packetSize = 8192;
const service = '/sys/class/misc/vmbus_host/service';

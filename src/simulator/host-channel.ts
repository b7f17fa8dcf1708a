/** What lies between a host and the driver in its guest: the simulated one, or a real one. */
export interface HostChannel {
  /**
   * Hands one VMBus packet (pipe header, icmsg header, body) to the driver; resolves to the packet that it answers.
   * Rejects with {@link ServiceWithdrawn} when there is no service, or none any more. A packet whose signal is aborted before the driver
   * has taken it is dropped, and rejects with the signal's reason at some time.
   */
  exchange(packet: Buffer, signal?: AbortSignal): Promise<Buffer>;
}

/** There is no driver to answer. */
export class ServiceWithdrawn extends Error {
  override readonly name = 'ServiceWithdrawn';

  constructor() {
    super('the KVP service is withdrawn');
  }
}

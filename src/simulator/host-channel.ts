/** What lies between a host and the driver in its guest: the simulated one, or a real one. */
export interface HostChannel {
  /**
   * Hands one VMBus packet (pipe header, icmsg header, body) to the driver; resolves to the packet that it answers.
   * Rejects when the service is withdrawn meanwhile.
   */
  exchange(packet: Buffer): Promise<Buffer>;
}

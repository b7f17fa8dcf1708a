import type { Platform } from '../platform/platform.ts';
import type { Helper } from './helper.ts';

/** The platform for a daemon that may not read every network manager's files: what they alone tell, the helper is asked. */
export function platformByHelper(platform: Platform, helper: Helper): Platform {
  return {
    ...platform,
    async readDhcpState(adapter) {
      return (await platform.readDhcpState(adapter)) || (await askDhcpState(adapter, helper));
    },
  };
}

function askDhcpState(adapter: string, helper: Helper): Promise<boolean> {
  return new Promise((resolve) => {
    helper.converse(
      { request: 'dhcp-state', adapter },
      {
        onReply(reply) {
          resolve(reply.reply === 'dhcp-state' && reply.isOn);
        },
        onEnd() {
          resolve(false);
        },
      },
    );
  });
}

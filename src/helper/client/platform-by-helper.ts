import type { Platform } from '../../platform/platform.ts';
import { defaultPatienceMs, type Helper } from './helper.ts';

/** The platform for a daemon that may not read every network manager's files: where only those files have the answer, the helper is asked. */
export function platformByHelper(platform: Platform, helper: Helper): Platform {
  return {
    ...platform,
    async readDhcpState(adapter) {
      return (await platform.readDhcpState(adapter)) ?? (await askDhcpState(adapter, helper));
    },
  };
}

function askDhcpState(adapter: string, helper: Helper): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    let isOn: boolean | undefined;
    helper.converse(
      { request: 'dhcp-state', adapter },
      {
        patienceMs: defaultPatienceMs,
        onReply(reply) {
          isOn = reply.reply === 'dhcp-state' && reply.isOn;
        },
        onEnd() {
          resolve(isOn);
        },
      },
    );
  });
}

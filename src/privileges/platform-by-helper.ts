import type { Platform } from '../platform/platform.ts';
import { defaultPatienceMs, type Helper } from './helper.ts';

/** The platform for a daemon that may not read every network manager's files: where they alone would tell, the helper is asked. */
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
    const late = setTimeout(resolve, defaultPatienceMs, undefined);
    const answer = (isOn?: boolean): void => {
      clearTimeout(late);
      resolve(isOn);
    };
    helper.converse(
      { request: 'dhcp-state', adapter },
      {
        onReply(reply) {
          answer(reply.reply === 'dhcp-state' && reply.isOn);
        },
        onEnd() {
          answer();
        },
      },
    );
  });
}

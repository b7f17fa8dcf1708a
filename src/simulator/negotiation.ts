import { readVersion, type Version, writeVersion } from './host-packet.ts';

/** Versions offered by a host, or chosen by a guest. */
export interface Versions {
  readonly frameworks: readonly Version[];
  readonly messages: readonly Version[];
}

const frameworkCountOffset = 0;
const messageCountOffset = 2;
const versionsOffset = 8;
const versionSize = 4;

/** Bytes of the guest's answer, with one version of each. */
export const negotiationReplySize = versionsOffset + versionSize + versionSize;

/** What Windows Server 2012 R2 and later offer, and openvmm; a guest that stops at 4.0, as all but Windows do, is answered 4.0. */
export const offeredVersions: Versions = {
  frameworks: [
    { major: 1, minor: 0 },
    { major: 3, minor: 0 },
  ],
  messages: [
    { major: 3, minor: 0 },
    { major: 4, minor: 0 },
    { major: 5, minor: 0 },
  ],
};

/** `struct icmsg_negotiate`. */
export function encodeVersions({ frameworks, messages }: Versions): Buffer {
  const body = Buffer.alloc(versionsOffset + versionSize * (frameworks.length + messages.length));
  body.writeUInt16LE(frameworks.length, frameworkCountOffset);
  body.writeUInt16LE(messages.length, messageCountOffset);
  let offset = versionsOffset;
  for (const version of [...frameworks, ...messages]) offset = writeVersion(body, version, offset);
  return body;
}

/** `struct icmsg_negotiate`; a list may be empty. Throws a RangeError if the body ends before its lists. */
export function decodeVersions(body: Buffer): Versions {
  const frameworkCount = body.readUInt16LE(frameworkCountOffset);
  const count = frameworkCount + body.readUInt16LE(messageCountOffset);
  const versions = Array.from({ length: count }, (_, at) => readVersion(body, versionsOffset + versionSize * at));
  return { frameworks: versions.slice(0, frameworkCount), messages: versions.slice(frameworkCount) };
}

const knownFrameworks = [3, 1];
const knownMessages = [4, 3, 1];

/** The guest's answer: the newest of both that it knows, or none of either. */
export function chooseVersions(offered: Versions): Versions {
  const framework = newest(knownFrameworks, offered.frameworks);
  const message = newest(knownMessages, offered.messages);
  return framework && message ? { frameworks: [framework], messages: [message] } : { frameworks: [], messages: [] };
}

function newest(known: readonly number[], offered: readonly Version[]): Version | undefined {
  const major = known.find((candidate) =>
    offered.some((version) => version.major === candidate && version.minor === 0),
  );
  return major === undefined ? undefined : { major, minor: 0 };
}

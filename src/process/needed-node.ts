import { readFileSync } from 'node:fs';

/** The error for a Node that package.json's engines do not admit, undefined for others; `version` as in "20.19.0", `range` as in "^20.19.0 || >=22.3.0". */
export function complaintAbout(version: string, range: string): string | undefined {
  const parts = range
    .split(' || ')
    .map((part) => ({ isOneSeries: part.startsWith('^'), oldest: part.replace(/^\D+/, '') }));
  const isAdmitted = parts.some(
    ({ isOneSeries, oldest }) => !isOlder(version, oldest) && (!isOneSeries || seriesOf(oldest) === seriesOf(version)),
  );
  if (isAdmitted) return undefined;
  const needed = parts.find(({ oldest }) => isOlder(version, oldest))?.oldest ?? range;
  return `Node ${version} is too old: hyperv-kvp needs ${needed} or later`;
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}

function seriesOf(version: string): string | undefined {
  return version.split('.')[0];
}

// Run before all else, which would fail there in words that nobody understands.
const {
  engines: { node: needed },
} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { engines: { node: string } };
const complaint = complaintAbout(process.versions.node, needed);
if (complaint !== undefined) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}

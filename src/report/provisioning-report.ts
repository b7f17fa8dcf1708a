import { cutBetweenCharacters } from '../message/fixed-text.ts';
import { carriedLimits } from '../pools/limits.ts';

/** The key that Azure reads. */
export const reportKey = 'PROVISIONING_REPORT';

/** How the provisioning of a machine went. */
export interface ProvisioningReport {
  readonly result: 'success' | 'error';
  /** Name and version of who reports, such as "my-agent/1.0". */
  readonly agent: string;
  readonly vmId: string;
  readonly timestamp: Date;
  /** How Azure had prepared the machine beforehand, such as "None", "Running", "Savable", "PreprovisionedOSDisk". */
  readonly ppsType?: string;
  /** Of an error. */
  readonly reason?: string;
  readonly documentationUrl?: string;
  /** Further fields, in order. */
  readonly supporting?: readonly (readonly [name: string, text: string])[];
}

/** Where Azure's agents send those who read of an error. */
export const defaultDocumentationUrl = 'https://aka.ms/linuxprovisioningerror';

/**
 * The value of the record: fields in a row of comma-separated values, but with "|" and single quotes, as cloud-init writes it.
 * A reason that would make it longer than the host carries is cut.
 */
export function encodeReport(report: ProvisioningReport): string {
  const text = encodeRow(fieldsOf(report));
  const excess = Buffer.byteLength(text) - carriedLimits.value;
  if (excess <= 0 || report.reason === undefined || report.reason === '') return text;
  const reason = Buffer.from(report.reason);
  const shorter = cutBetweenCharacters(reason, Math.max(reason.length - excess, 0)).toString();
  return encodeReport({ ...report, reason: shorter });
}

function fieldsOf(report: ProvisioningReport): readonly string[] {
  const { result, agent, vmId, timestamp, ppsType, reason = '', documentationUrl, supporting = [] } = report;
  const more = supporting.map(([name, text]) => `${name}=${text}`);
  const time = `timestamp=${timestamp.toISOString().replace('Z', '+00:00')}`;
  // Where azure-init has it; cloud-init has none.
  const pps = ppsType === undefined ? [] : [`pps_type=${ppsType}`];
  if (result === 'success') return ['result=success', `agent=${agent}`, ...pps, time, `vm_id=${vmId}`, ...more];
  const documentation = documentationUrl === undefined ? [] : [`documentation_url=${documentationUrl}`];
  return [
    'result=error',
    `reason=${reason}`,
    `agent=${agent}`,
    ...more,
    ...pps,
    `vm_id=${vmId}`,
    time,
    ...documentation,
  ];
}

/** As Python's csv writes a row with these two characters and minimal quoting. */
function encodeRow(fields: readonly string[]): string {
  return fields.map((field) => (/['|\r\n]/.test(field) ? `'${field.replaceAll("'", "''")}'` : field)).join('|');
}

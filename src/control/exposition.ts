import { type Labels, type MetricFamily, metricFamilies } from './metrics.ts';
import type { StatusReport } from './protocol.ts';

/** A status in Prometheus' text format, version 0.0.4. */
export function exposition(status: StatusReport): string {
  return metricFamilies(status)
    .map((family) => `${heading(family)}${linesOf(family).join('')}`)
    .join('');
}

function heading({ name, type, help }: MetricFamily): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

function linesOf(family: MetricFamily): readonly string[] {
  const { name } = family;
  if (family.type !== 'histogram') return family.samples.map(({ labels, value }) => line(name, labels, value));
  return family.samples.flatMap(({ labels, buckets, sum, count }) => [
    ...buckets.map((bucket) => line(`${name}_bucket`, { ...labels, le: bucket.le }, bucket.count)),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ]);
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
}

function escape(text: string): string {
  return text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`);
}

/** A box of the picture; its lines are centred, the first one bold. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lines: readonly string[];
  readonly kind: 'host' | 'ours' | 'other';
}

const width = 720;
const height = 640;
const lineHeight = 19;
const padding = 14;

const left = { x: 24, width: 190 };
const centre = { x: 254, width: 212 };
const right = { x: 506, width: 190 };

const host: Box = {
  x: 24,
  y: 12,
  width: 672,
  lines: ['Windows host', 'Hyper-V Manager · PowerShell · Packer · Vagrant · Terraform · Replica'],
  kind: 'host',
};
const driver: Box = { ...centre, y: 150, lines: ['kernel driver', 'hv_utils, hv_kvp'], kind: 'other' };
const daemon: Box = { ...centre, y: 278, lines: ['hv_kvp_daemon', 'user hyperv-kvp'], kind: 'ours' };
const pools: Box = { ...centre, y: 406, lines: ['pool files', '/var/lib/hyperv'], kind: 'other' };
const neighbours: Box = {
  x: 144,
  y: 534,
  width: 432,
  lines: ['hvkvp · your scripts', 'cloud-init · azure-init · WALinuxAgent'],
  kind: 'other',
};
const control: Box = { ...left, y: 278, lines: ['control socket', 'status, events, metrics'], kind: 'ours' };
const watchers: Box = { ...left, y: 150, lines: ['hvkvp status, top', 'Prometheus'], kind: 'other' };
const helper: Box = { ...right, y: 278, lines: ['hyperv-kvp-helper', 'root, only while needed'], kind: 'ours' };
const manager: Box = { ...right, y: 406, lines: ['network manager', 'addresses, DNS, routes'], kind: 'other' };

/** The parts between host and pools, in light and dark colours as the reader's system wants them. */
export function overviewPicture(): string {
  const boxes = [host, driver, daemon, pools, neighbours, control, watchers, helper, manager];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    '<title>The way of a message from the Windows host to the pool files, and what stands beside it</title>',
    '<style>',
    'text { font: 15px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1f2328; text-anchor: middle }',
    '.bold { font-weight: 600 } .small { font-size: 13px; fill: #59636e } .start { text-anchor: start }',
    'rect { fill: #f6f8fa; stroke: #8c959f } .ours { fill: #ddf4ff; stroke: #0969da } .host { fill: #fff8c5; stroke: #9a6700 }',
    '.guest { fill: none; stroke-dasharray: 6 5 } path { fill: none; stroke: #59636e; stroke-width: 1.5 } .tip { fill: #59636e }',
    '@media (prefers-color-scheme: dark) {',
    'text { fill: #f0f6fc } .small { fill: #9198a1 } rect { fill: #212830; stroke: #656c76 } .ours { fill: #121d2f; stroke: #4493f8 }',
    '.host { fill: #272115; stroke: #d29922 } .guest { fill: none } path { stroke: #9198a1 } .tip { fill: #9198a1 }',
    '}',
    '</style>',
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">' +
      '<path class="tip" d="M0 0 L8 4 L0 8 z" stroke="none"/></marker></defs>',
    `<rect class="guest" x="10" y="124" width="${width - 20}" height="${height - 132}" rx="10"/>`,
    text(24, 144, 'guest: Linux or FreeBSD', 'small start'),
    ...boxes.flatMap(drawn),
    ...between(host, driver, 'VMBus', true),
    ...between(driver, daemon, '/dev/vmbus/hv_kvp', true),
    ...between(daemon, pools, 'locks, journal', true),
    ...between(pools, neighbours, '', true),
    ...between(control, watchers, '', false),
    ...between(helper, manager, '', false),
    beside(daemon, control),
    beside(daemon, helper),
    '</svg>',
    '',
  ].join('\n');
}

function heightOf({ lines }: Box): number {
  return lines.length * lineHeight + 2 * padding;
}

function drawn(box: Box): readonly string[] {
  const { x, y, lines, kind } = box;
  const middle = x + box.width / 2;
  return [
    `<rect class="${kind}" x="${x}" y="${y}" width="${box.width}" height="${heightOf(box)}" rx="8"/>`,
    ...lines.map((line, index) =>
      text(middle, y + padding + lineHeight * (index + 0.75), line, index === 0 ? 'bold' : 'small'),
    ),
  ];
}

function text(x: number, y: number, content: string, style: string): string {
  return `<text x="${x}" y="${y}" class="${style}">${content}</text>`;
}

/** An arrow from the lower edge of a box to the upper edge of another, or back, in the middle of the narrower one. */
function between(from: Box, to: Box, label: string, isBothWays: boolean): readonly string[] {
  const narrower = from.width < to.width ? from : to;
  const x = narrower.x + narrower.width / 2;
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
  const [top, bottom] = [upper.y + heightOf(upper) + 3, lower.y - 3];
  const ends = from === upper ? `M${x} ${top} V${bottom}` : `M${x} ${bottom} V${top}`;
  const start = isBothWays ? ' marker-start="url(#tip)"' : '';
  return [
    `<path d="${ends}" marker-end="url(#tip)"${start}/>`,
    ...(label === '' ? [] : [text(x + 12, (top + bottom) / 2 + 5, label, 'small start')]),
  ];
}

function beside(from: Box, to: Box): string {
  const y = from.y + heightOf(from) / 2;
  const [start, end] = to.x < from.x ? [from.x - 3, to.x + to.width + 3] : [from.x + from.width + 3, to.x - 3];
  return `<path d="M${start} ${y} H${end}" marker-end="url(#tip)" marker-start="url(#tip)"/>`;
}

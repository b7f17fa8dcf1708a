const size = { width: 760, height: 460 };
const frame = { left: 80, right: 560, top: 50, bottom: 400 };
const colours = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd', '#ff7f0e', '#8c564b', '#17becf', '#7f7f7f'];
const lineHeight = 20;
const tickRoom = 8;

/** The figure as SVG, both axes logarithmic. @param {import('./run.mjs').Figure} figure */
export function plot({ title, x, y, lines }) {
  const points = lines.flatMap((line) => line.points);
  const across = axis(
    points.map(([at]) => at),
    frame.left,
    frame.right,
  );
  const up = axis(
    points.map(([, value]) => value),
    frame.bottom,
    frame.top,
  );
  const parts = [
    text(frame.left, frame.top - lineHeight, title, 'font-weight="bold"'),
    ...across.ticks.map((at) => rule(across.place(at), frame.top, across.place(at), frame.bottom)),
    ...across.ticks.map((at) =>
      text(across.place(at), frame.bottom + lineHeight, at.toLocaleString('en'), 'text-anchor="middle"'),
    ),
    ...up.ticks.map((at) => rule(frame.left, up.place(at), frame.right, up.place(at))),
    ...up.ticks.map((at) => text(frame.left - tickRoom, up.place(at), at.toLocaleString('en'), 'text-anchor="end"')),
    text(frame.right, frame.bottom + lineHeight + lineHeight, x, 'text-anchor="end"'),
    text(tickRoom, frame.top - lineHeight, y, ''),
    ...lines.flatMap((line, index) => drawn(line, colours[index % colours.length] ?? 'black', index, across, up)),
  ];
  const box = `viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
${parts.join('\n')}
</svg>
`;
}

/**
 * @typedef {object} Axis
 * @property {readonly number[]} ticks
 * @property {(value: number) => number} place
 */

/** Whole powers of ten around the values. @param {readonly number[]} values @param {number} from @param {number} to @returns {Axis} */
function axis(values, from, to) {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(Math.ceil(Math.log10(Math.max(...values))), first + 1);
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index)),
    place: (value) => from + ((Math.log10(value) - first) / (last - first)) * (to - from),
  };
}

/** @param {import('./run.mjs').Line} line @param {string} colour @param {number} index @param {Axis} across @param {Axis} up */
function drawn({ name, points }, colour, index, across, up) {
  const path = points.map(([at, value]) => `${across.place(at).toFixed(1)},${up.place(value).toFixed(1)}`).join(' ');
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    text(frame.right + lineHeight, frame.top + index * lineHeight, name, `fill="${colour}"`),
  ];
}

/** @param {number} fromX @param {number} fromY @param {number} toX @param {number} toY */
function rule(fromX, fromY, toX, toY) {
  return `<line x1="${fromX}" y1="${fromY}" x2="${toX}" y2="${toY}" stroke="#ddd"/>`;
}

/** @param {number} atX @param {number} atY @param {string} content @param {string} more */
function text(atX, atY, content, more) {
  return `<text x="${atX.toFixed(1)}" y="${atY.toFixed(1)}" ${more}>${content}</text>`;
}

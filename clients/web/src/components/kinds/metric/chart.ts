// Draws values with uPlot; read when the first chart is shown. Lines are told apart by dashes, markers and labels at their ends, and
// what is not closed by short dashes and hollow points.

import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

import { domain, every, height, heightsOf, inTwo, patterns, spread, step, unclosedDash, type Mark } from './scale';
import type { Line, Target } from './values';

export interface Drawing {
  lines: readonly Line[];
  /** What the periods are called at the axis. */
  names: readonly string[];
  /** Which of them are not closed. */
  unclosed: readonly boolean[];
  targets: readonly (Target | null)[];
  targetName: string;
  unclosedName: string;
  /** What a line is drawn as, where it is not the first ones'. */
  first?: number;
  /** Of several charts side by side the same axis. */
  range?: { from: number; to: number } | undefined;
  /** At an axis: "1.2万". */
  number: (n: number) => string;
  tall: number;
  pick: (period: number, line: number) => void;
  over: (period: number | null) => void;
}

/** Draws into a node; what it returns ends that. */
export function draw(node: HTMLElement, of: Drawing): () => void {
  const style = getComputedStyle(node);
  const colour = (name: string) => style.getPropertyValue(name).trim() || style.color;
  const font = `12px ${style.fontFamily}`;
  const count = of.names.length;
  const { from, to } = of.range ?? domain(heightsOf(of.lines, of.targets));
  const first = of.first ?? 0;
  const patternOf = (i: number) => patterns[(first + i) % patterns.length]!;
  const labelled = of.lines.length > 1;
  const room = labelled ? Math.min(140, 16 + Math.max(...of.lines.map((l) => widthOf(l.member, font)))) : 14;
  const target = (edge: 'value' | 'least' | 'most') => of.targets.map((t) => height(t?.[edge]));
  const edges = (['value', 'least', 'most'] as const).map(target).filter((t) => t.some((v) => v !== null));
  const parts = of.lines.map((l) => inTwo(l.values));

  const data = [of.names.map((_, i) => i), ...parts.flatMap((p) => [p.closed, p.unclosed]), ...edges] as uPlot.AlignedData;
  const width = Math.max(220, node.clientWidth);
  const plain = { points: { show: false }, spanGaps: false };
  const series: uPlot.Series[] = [
    {},
    ...of.lines.flatMap((_, i): uPlot.Series[] => [
      { ...plain, stroke: colour(patternOf(i).colour), width: 2, dash: [...patternOf(i).dash] },
      { ...plain, stroke: colour(patternOf(i).colour), width: 1.5, dash: [...unclosedDash] },
    ]),
    ...edges.map((): uPlot.Series => ({ ...plain, stroke: colour('--muted'), width: 1.5, dash: [14, 4], spanGaps: true })),
  ];

  function marks(u: uPlot) {
    const { ctx } = u;
    const ratio = devicePixelRatio;
    ctx.save();
    bands(u, ctx, ratio);
    of.lines.forEach((l, i) => {
      const { mark, colour: name } = patternOf(i);
      ctx.strokeStyle = colour(name);
      l.values.forEach((v, at) => {
        const h = height(v?.value);
        // Of many every one would hide the line; what is not closed always has its own.
        if (h === null || (count > 60 && v!.state === 'closed' && at % Math.ceil(count / 30))) return;
        ctx.fillStyle = v!.state === 'closed' ? colour(name) : colour('--surface');
        ctx.lineWidth = 1.5 * ratio;
        sign(ctx, mark, u.valToPos(at, 'x', true), u.valToPos(h, 'y', true), 3.5 * ratio);
      });
    });
    if (labelled) ends(u, ctx, ratio);
    if (edges.length) {
      const at = edges[0]!.findLast((v) => v !== null)!;
      ctx.font = font.replace('12px', `${12 * ratio}px`);
      ctx.fillStyle = colour('--text');
      ctx.textAlign = 'left';
      ctx.textBaseline = 'bottom';
      const [x, y] = [u.bbox.left + 4 * ratio, u.valToPos(at, 'y', true) - 3 * ratio];
      // Lines that pass behind it are kept off.
      ctx.strokeStyle = colour('--surface');
      ctx.lineWidth = 4 * ratio;
      ctx.strokeText(of.targetName, x, y);
      ctx.fillText(of.targetName, x, y);
    }
    ctx.restore();
  }

  /** Behind what is not closed, with the word for it. */
  function bands(u: uPlot, ctx: CanvasRenderingContext2D, ratio: number) {
    const at = of.unclosed.indexOf(true);
    if (at < 0) return;
    const left = Math.max(u.bbox.left, u.valToPos(at - 0.5, 'x', true));
    ctx.globalAlpha = 0.5;
    ctx.fillStyle = colour('--sunken');
    ctx.globalCompositeOperation = 'destination-over';
    ctx.fillRect(left, u.bbox.top, u.bbox.left + u.bbox.width - left, u.bbox.height);
    ctx.globalCompositeOperation = 'source-over';
    ctx.globalAlpha = 1;
    ctx.font = font.replace('12px', `${11 * ratio}px`);
    ctx.fillStyle = colour('--muted');
    ctx.textAlign = 'right';
    ctx.textBaseline = 'top';
    ctx.fillText(of.unclosedName, u.bbox.left + u.bbox.width - 2 * ratio, u.bbox.top + 2 * ratio);
  }

  /** The lines' names at their ends. */
  function ends(u: uPlot, ctx: CanvasRenderingContext2D, ratio: number) {
    const last = of.lines.map((l) => l.values.findLastIndex((v) => height(v?.value) !== null));
    const there = of.lines.map((_, i) => i).filter((i) => last[i]! >= 0);
    const at = there.map((i) => u.valToPos(height(of.lines[i]!.values[last[i]!]!.value)!, 'y', true));
    const places = spread(at, 14 * ratio, u.bbox.top, u.bbox.top + u.bbox.height);
    ctx.font = font.replace('12px', `${12 * ratio}px`);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    there.forEach((i, n) => {
      const right = u.bbox.left + u.bbox.width;
      ctx.strokeStyle = ctx.fillStyle = colour(patternOf(i).colour);
      ctx.lineWidth = ratio;
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(u.valToPos(last[i]!, 'x', true) + 5 * ratio, at[n]!);
      ctx.lineTo(right + 6 * ratio, places[n]!);
      ctx.globalAlpha = 0.5;
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.fillStyle = colour('--text');
      ctx.fillText(of.lines[i]!.member, right + 8 * ratio, places[n]!, (room - 8) * ratio);
    });
  }

  /** Which line is nearest to where the pointer is. */
  function nearest(u: uPlot, period: number): number {
    const away = of.lines.map((l) => {
      const h = height(l.values[period]?.value);
      return h === null ? Infinity : Math.abs(u.valToPos(h, 'y') - (u.cursor.top ?? 0));
    });
    return Math.max(0, away.indexOf(Math.min(...away)));
  }

  const axis = { stroke: colour('--muted'), font, ticks: { show: false } };
  const steps = step(to - from, 4);
  const plot = new uPlot(
    {
      width,
      height: of.tall,
      padding: [12, room, 0, 4],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: false, range: [-0.5, Math.max(0.5, count - 0.5)] }, y: { range: [from, to] } },
      axes: [
        {
          ...axis, grid: { show: false }, size: 28,
          splits: () => of.names.map((_, i) => i).filter((i) => (count - 1 - i) % every(count, width - room - 60, 52) === 0),
          values: (_, splits) => splits.map((i) => of.names[i] ?? ''),
        },
        {
          ...axis, grid: { stroke: colour('--line'), width: 1 },
          size: 12 + Math.max(...[from, to].map((n) => widthOf(of.number(n), font))),
          splits: () => Array.from({ length: Math.round((to - from) / steps) + 1 }, (_, i) => Number((from + i * steps).toPrecision(12))),
          values: (_, splits) => splits.map(of.number),
        },
      ],
      series,
      hooks: { draw: [marks], setCursor: [(u) => of.over(u.cursor.idx ?? null)] },
    },
    data,
    node,
  );
  plot.over.addEventListener('click', () => {
    const period = plot.cursor.idx;
    if (period != null) of.pick(period, nearest(plot, period));
  });
  const sized = new ResizeObserver(() => node.clientWidth && plot.setSize({ width: Math.max(220, node.clientWidth), height: of.tall }));
  sized.observe(node);
  return () => {
    sized.disconnect();
    plot.destroy();
  };
}

let measure: CanvasRenderingContext2D | null = null;

function widthOf(text: string, font: string): number {
  measure ??= document.createElement('canvas').getContext('2d');
  if (!measure) return text.length * 8;
  measure.font = font;
  return Math.ceil(measure.measureText(text).width);
}

function sign(ctx: CanvasRenderingContext2D, mark: Mark, x: number, y: number, r: number): void {
  const path = (points: [number, number][]) => points.forEach(([dx, dy], i) => (i ? ctx.lineTo(x + dx * r, y + dy * r) : ctx.moveTo(x + dx * r, y + dy * r)));
  ctx.setLineDash([]);
  ctx.beginPath();
  switch (mark) {
    case 'circle':
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      break;
    case 'square':
      path([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]);
      break;
    case 'triangle':
      path([[0, -1.2], [1.1, 0.9], [-1.1, 0.9], [0, -1.2]]);
      break;
    case 'down':
      path([[0, 1.2], [1.1, -0.9], [-1.1, -0.9], [0, 1.2]]);
      break;
    case 'diamond':
      path([[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0], [0, -1.3]]);
      break;
    case 'star':
      path([[-1.2, 0], [1.2, 0]]);
      path([[-1, -1], [1, 1]]);
      path([[1, -1], [-1, 1]]);
      break;
    case 'cross':
      path([[-1, -1], [1, 1]]);
      path([[1, -1], [-1, 1]]);
      break;
    case 'plus':
      path([[-1.2, 0], [1.2, 0]]);
      path([[0, -1.2], [0, 1.2]]);
      break;
  }
  ctx.fill();
  ctx.stroke();
}

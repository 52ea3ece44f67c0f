// Sets out a flow's states one under the other, the usual way straight down, other ways as arcs beside it: forwards on
// the right, backwards on the left, each in a lane of its own. Pure.

import type { FlowDefinition } from '@client/flows';

export interface Node {
  status: string;
  /** Its place from the top. */
  row: number;
}

export interface Edge {
  command: string;
  from: number;
  to: number;
  /** 0: straight down to the next; above: lanes to the right; below: to the left. */
  lane: number;
}

export interface Diagram {
  nodes: Node[];
  edges: Edge[];
  /** From too many states to be drawn: said beside the diagram. */
  elsewhere: { command: string; from: string[]; to: string }[];
  lanesRight: number;
  lanesLeft: number;
}

const drawnMost = 3;

export function diagram(flow: FlowDefinition): Diagram {
  const nodes = flow.statuses.map((status, row) => ({ status, row }));
  const place = new Map(nodes.map((n) => [n.status, n.row]));
  const edges: Edge[] = [];
  const elsewhere: Diagram['elsewhere'] = [];
  for (const row of flow.rows) {
    if (!row.next) continue;
    if (row.in.length > drawnMost) {
      elsewhere.push({ command: row.command, from: row.in, to: row.next });
      continue;
    }
    for (const s of row.in) edges.push({ command: row.command, from: place.get(s)!, to: place.get(row.next)!, lane: 0 });
  }
  const right = lanes(edges.filter((e, i) => e.to > e.from && !(e.to === e.from + 1 && isFirst(edges, i))), 1);
  const left = lanes(edges.filter((e) => e.to <= e.from), -1);
  return { nodes, edges, elsewhere, lanesRight: right, lanesLeft: left };
}

/** Of several ways to the next state, one goes straight. */
function isFirst(edges: readonly Edge[], at: number): boolean {
  return !edges.slice(0, at).some((e) => e.from === edges[at]!.from && e.to === edges[at]!.to);
}

/** Gives each its lane, the shortest nearest; how many lanes there are. */
function lanes(edges: Edge[], side: 1 | -1): number {
  const taken: [number, number][][] = [];
  for (const e of [...edges].sort((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from))) {
    const low = Math.min(e.from, e.to);
    const high = Math.max(e.from, e.to);
    let lane = taken.findIndex((all) => all.every(([a, b]) => high <= a || low >= b));
    if (lane < 0) lane = taken.push([]) - 1;
    taken[lane]!.push([low, high]);
    e.lane = side * (lane + 1);
  }
  return taken.length;
}

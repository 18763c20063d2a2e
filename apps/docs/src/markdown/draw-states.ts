/** A state in a drawing, and where it is. */
interface Box {
  readonly name: string;
  readonly rank: number;
  readonly x: number;
  readonly y: number;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  /** What leads there, and who does it. */
  readonly labels: readonly string[];
}

const BOX = { width: 136, height: 34 };
const GAP = { across: 62, down: 42 };
const MARGIN = 12;

/**
 * A drawing of states and what leads from one to the next. Each line of the text is `from -> to: label`; the states that
 * things begin in come after `*`. What is farther from the beginning is farther to the right.
 */
export function drawStates(text: string, escapeHtml: (text: string) => string): string {
  const arrows = readArrows(text);
  const initial = arrows.filter(({ from }) => from === "*").map(({ to }) => to);
  const moves = arrows.filter(({ from, to }) => from !== "*" && from !== to);
  const boxes = place(rankStates(initial, moves), moves);
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const width = Math.max(...boxes.map(({ x }) => x)) + BOX.width + GAP.across / 2;
  const height = Math.max(...boxes.map(({ y }) => y)) + BOX.height + MARGIN + GAP.down;
  const lines = moves.flatMap(({ from, to, labels }) => {
    const [start, end] = [byName.get(from), byName.get(to)];
    if (start === undefined || end === undefined) return [];
    const title = escapeHtml(`${from} to ${to}: ${labels.join(", ")}`);
    return [`<path d="${curve(start, end, height)}" marker-end="url(#arrow)"><title>${title}</title></path>`];
  });
  const shapes = boxes.map(
    ({ name, x, y }) =>
      `<g${initial.includes(name) ? ' class="initial"' : ""}><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8"/><text x="${x + BOX.width / 2}" y="${y + BOX.height / 2}">${escapeHtml(name)}</text></g>`,
  );
  return `<p class="states-hint">The drawing is wider than the window: scroll it sideways.</p><div class="states" tabindex="0" role="region" aria-label="Drawing"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The states, and what leads from one to the next. The list below says the same."><defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>${lines.join("")}${shapes.join("")}</svg></div>\n`;
}

function readArrows(text: string): Arrow[] {
  const labels = new Map<string, string[]>();
  for (const line of text.trim().split("\n")) {
    const [, from = "", to = "", label = ""] = /^(\S+) -> (\S+?)(?:: (.*))?$/.exec(line) ?? [];
    const key = `${from} ${to}`;
    labels.set(key, [...(labels.get(key) ?? []), label]);
  }
  return [...labels].map(([key, own]) => {
    const [from = "", to = ""] = key.split(" ");
    return { from, to, labels: own };
  });
}

/** How many moves each state is away from the beginning, at most: ways that lead back do not count. */
function rankStates(initial: readonly string[], moves: readonly Arrow[]): Map<string, number> {
  const next = Map.groupBy(moves, ({ from }) => from);
  const order: string[] = [];
  const forward: Arrow[] = [];
  const open = new Set<string>();
  const visit = (state: string): void => {
    if (order.includes(state) || open.has(state)) return;
    open.add(state);
    for (const move of next.get(state) ?? []) {
      if (open.has(move.to)) continue;
      visit(move.to);
      forward.push(move);
    }
    open.delete(state);
    order.unshift(state);
  };
  for (const state of [...initial].reverse()) visit(state);
  for (const { from } of moves) visit(from);
  const ranks = new Map(order.map((state) => [state, 0]));
  for (const state of order) {
    for (const { from, to } of forward) {
      if (from === state) ranks.set(to, Math.max(ranks.get(to) ?? 0, (ranks.get(state) ?? 0) + 1));
    }
  }
  return ranks;
}

/** Puts the states of a rank below each other, near those that lead to them. */
function place(ranks: ReadonlyMap<string, number>, moves: readonly Arrow[]): Box[] {
  const byRank = Map.groupBy(ranks.keys(), (state) => ranks.get(state) ?? 0);
  const boxes = new Map<string, Box>();
  const step = BOX.height + GAP.down;
  const tallest = Math.max(...[...byRank.values()].map(({ length }) => length));
  for (const rank of [...byRank.keys()].sort((a, b) => a - b)) {
    const states = byRank.get(rank) ?? [];
    const pull = (state: string): number => {
      const heights = moves.flatMap(({ from, to }) => (to === state ? (boxes.get(from)?.y ?? []) : []));
      return heights.reduce((sum, height) => sum + height, 0) / (heights.length || 1);
    };
    const sorted = rank === 0 ? states : [...states].sort((a, b) => pull(a) - pull(b));
    for (const [index, name] of sorted.entries()) {
      boxes.set(name, {
        name,
        rank,
        x: MARGIN + rank * (BOX.width + GAP.across),
        y: MARGIN + (index + (tallest - sorted.length) / 2) * step,
      });
    }
  }
  return [...boxes.values()];
}

function curve(start: Box, end: Box, height: number): string {
  const from = { x: start.x + BOX.width, y: start.y + BOX.height / 2 };
  const to = { x: end.x, y: end.y + BOX.height / 2 };
  if (end.rank > start.rank) {
    const bend = GAP.across * 0.6;
    return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
  }
  if (end.rank === start.rank) {
    const right = { x: end.x + BOX.width, y: to.y };
    const out = from.x + GAP.across * 0.45;
    return `M${from.x} ${from.y}C${out} ${from.y} ${out} ${right.y} ${right.x} ${right.y}`;
  }
  // Backwards, below everything else.
  const below = height - MARGIN / 2;
  return `M${start.x + BOX.width / 2} ${start.y + BOX.height}C${start.x} ${below} ${end.x + BOX.width} ${below} ${end.x + BOX.width / 2} ${end.y + BOX.height}`;
}

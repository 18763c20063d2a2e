import { type MoveLine, placeStates, type StateBox } from "./place-states.ts";
import { readStates } from "./read-states.ts";

/** The width of a letter in a drawing with 12 pixels per letter, with some margin. */
const LETTER = 7.4;
const LANE = 17;
const START = 24;
const ARROW = 16;
const CORNER = 5;

/** The positions of the drawing's columns. */
interface Columns {
  /** The right edge of the boxes. */
  readonly edge: number;
  /** The right end of the moves' names. */
  readonly named: number;
}

/**
 * Draws states in a column, and each move as a line next to them, with a dot where it begins, and an arrow and its
 * name where it ends. So the drawing fits a phone, and no line crosses a box or a word.
 */
export function drawStates(text: string, escapeHtml: (text: string) => string): string {
  const machine = readStates(text);
  const { boxes, lines, lanes, height } = placeStates(machine);
  const longest = (names: readonly string[]): number => Math.max(0, ...names.map(({ length }) => length));
  const edge = START + longest(boxes.map(({ name }) => name)) * LETTER + 16;
  const named = edge + ARROW + longest(machine.moves.map(({ name }) => name)) * LETTER + 4;
  const columns = { edge, named };
  const width = Math.ceil(named + (lanes + 0.6) * LANE);
  const bys = new Map(machine.moves.map(({ by, who }) => [by, who]));
  const key = [
    '<li class="begins">begins here</li>',
    '<li class="ends">ends here</li>',
    ...[...bys].map(([by, who]) => `<li class="by-${escapeHtml(by)}">${escapeHtml(who)}</li>`),
  ];
  const shapes = [
    ...boxes.map((box) => drawOut(box, lines, columns)),
    ...lines.map((line) => drawMove(line, columns, escapeHtml)),
    ...boxes.map((box) => drawBox(box, columns, escapeHtml)),
  ];
  return `<div class="states"><div class="states-drawing" tabindex="0" role="region" aria-label="Drawing"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The states, and what leads from one to the next. The list of moves says the same.">${shapes.join("")}</svg></div><ul class="states-key">${key.join("")}</ul></div>\n`;
}

function laneX(lane: number, { named }: Columns): number {
  return named + (lane + 0.7) * LANE;
}

/** The line that leaves a box, up to the last move that begins there. */
function drawOut({ out }: StateBox, lines: readonly MoveLine[], columns: Columns): string {
  if (out === undefined) return "";
  const last = Math.max(...lines.filter(({ ties }) => ties.includes(out)).map(({ lane }) => lane));
  return `<path d="M${columns.edge} ${out}H${laneX(last, columns)}"/>`;
}

function drawMove({ move, lane, into, ties }: MoveLine, columns: Columns, escapeHtml: Escape): string {
  const { name, from, to, by, who } = move;
  const x = laneX(lane, columns);
  const { edge, named } = columns;
  const ends = [Math.min(...ties), Math.max(...ties)];
  // From above, from below, or both: the line enters the box with a round corner.
  const ways = ends.flatMap((end) => {
    if (end === into || (end !== ends[0] && ends[0] === ends[1])) return [];
    const side = Math.sign(end - into);
    if (
      ends.some((other) => Math.sign(other - into) === side && Math.abs(other - into) > Math.abs(end - into))
    )
      return [];
    return [`M${x} ${end}V${into + side * CORNER}Q${x} ${into} ${x - CORNER} ${into}H${named}`];
  });
  const head = `M${edge + ARROW - 3} ${into}H${edge + 7}`;
  const tip = `<path class="tip" d="M${edge + 1} ${into}l8 -4v8z"/>`;
  const dots = ties.map((y) => `<circle cx="${x}" cy="${y}" r="3"/>`);
  const title = escapeHtml(`${name}: ${from.join(", ")} to ${to}, by ${who}`);
  const label = `<text x="${edge + ARROW}" y="${into}">${escapeHtml(name)}</text>`;
  const beside = edge + ARROW + name.length * LETTER + 3;
  const reach = beside < named ? `M${named} ${into}H${beside}` : "";
  return `<g class="move by-${escapeHtml(by)}"><title>${title}</title><path d="${ways.join("")}${reach}${head}"/>${tip}${dots.join("")}${label}</g>`;
}

function drawBox(
  { name, isInitial, isFinal, y, height }: StateBox,
  { edge }: Columns,
  escapeHtml: Escape,
): string {
  const middle = y + height / 2;
  const begin = isInitial
    ? `<circle cx="5" cy="${middle}" r="4"/><path d="M9 ${middle}H${START - 7}"/><path class="tip" d="M${START - 1} ${middle}l-8 -4v8z"/>`
    : "";
  const kinds = ["state", ...(isInitial ? ["begins"] : []), ...(isFinal ? ["ends"] : [])];
  return `<g class="${kinds.join(" ")}">${begin}<rect x="${START}" y="${y}" width="${edge - START}" height="${height}" rx="8"/><text x="${(START + edge) / 2}" y="${middle}">${escapeHtml(name)}</text></g>`;
}

type Escape = (text: string) => string;

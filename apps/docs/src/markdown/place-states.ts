import { type DrawnMove, orderStates, type StateMachine } from "./read-states.ts";

/** A state in the drawing: a box in the column. */
export interface StateBox {
  readonly name: string;
  readonly isInitial: boolean;
  readonly isFinal: boolean;
  readonly y: number;
  readonly height: number;
  /** Where the lines of its moves leave the box, if there are any. */
  readonly out: number | undefined;
}

/** A move in the drawing: a vertical line to the right of the boxes, connected to the states that it leads from. */
export interface MoveLine {
  readonly move: DrawnMove;
  /** The position of its vertical line, from the left. */
  readonly lane: number;
  /** Where it enters the box of the state that it leads to. */
  readonly into: number;
  /** Where it is connected to the states that it leads from. */
  readonly ties: readonly number[];
}

export interface PlacedStates {
  readonly boxes: readonly StateBox[];
  readonly lines: readonly MoveLine[];
  readonly lanes: number;
  readonly height: number;
}

/** The distance between lines that enter or leave a box. */
const PORT = 19;
const GAP = 13;
const MARGIN = 6;

/**
 * Places the states below each other. Every line that enters or leaves a box gets a different height, and two moves
 * only share a vertical line if one ends before the other begins. So nothing overlaps, whatever the states are.
 */
export function placeStates(machine: StateMachine): PlacedStates {
  const order = orderStates(machine);
  const outs = new Map<string, number>();
  const intos = new Map<DrawnMove, number>();
  const boxes: StateBox[] = [];
  let y = MARGIN;
  for (const name of order) {
    const incoming = incomingOf(name, machine.moves, order);
    const leads = machine.moves.some(({ from }) => from.includes(name));
    const ports = incoming.length + (leads ? 1 : 0);
    const height = Math.max(ports, 1) * PORT + 13;
    const first = y + (height - (ports - 1) * PORT) / 2;
    for (const [index, move] of incoming.entries()) intos.set(move, first + index * PORT);
    const out = leads ? first + incoming.length * PORT : undefined;
    if (out !== undefined) outs.set(name, out);
    boxes.push({ name, isInitial: machine.initial.includes(name), isFinal: !leads, y, height, out });
    y += height + GAP;
  }
  const lines = chooseLanes(
    machine.moves.map((move) => ({
      move,
      into: intos.get(move) ?? 0,
      ties: move.from.map((state) => outs.get(state) ?? 0),
    })),
  );
  const lanes = Math.max(0, ...lines.map(({ lane }) => lane + 1));
  return { boxes, lines, lanes, height: y - GAP + MARGIN };
}

/** The moves into a state, starting with those from the nearest state, whose lines are the innermost. */
function incomingOf(name: string, moves: readonly DrawnMove[], order: readonly string[]): DrawnMove[] {
  const farthest = ({ from, to }: DrawnMove): number =>
    Math.max(...from.map((state) => Math.abs(order.indexOf(state) - order.indexOf(to))));
  return moves.filter(({ to }) => to === name).sort((a, b) => farthest(b) - farthest(a));
}

/** The shortest lines are closest to the boxes. */
function chooseLanes(moves: readonly Omit<MoveLine, "lane">[]): MoveLine[] {
  const reach = ({ into, ties }: Omit<MoveLine, "lane">): [top: number, bottom: number] => [
    Math.min(into, ...ties),
    Math.max(into, ...ties),
  ];
  const length = (line: Omit<MoveLine, "lane">): number => reach(line)[1] - reach(line)[0];
  const taken: [top: number, bottom: number][][] = [];
  return [...moves]
    .sort((a, b) => length(a) - length(b))
    .map((line) => {
      const [top, bottom] = reach(line);
      const isFree = (lane: readonly [number, number][]): boolean =>
        lane.every(([from, to]) => bottom < from || top > to);
      const free = taken.findIndex(isFree);
      const lane = free === -1 ? taken.length : free;
      taken[lane] = [...(taken[lane] ?? []), [top, bottom]];
      return { ...line, lane };
    });
}

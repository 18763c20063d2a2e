/** States and moves, as the text of a drawing lists them. */
export interface StateMachine {
  /** The initial states. */
  readonly initial: readonly string[];
  readonly moves: readonly DrawnMove[];
}

export interface DrawnMove {
  readonly name: string;
  readonly from: readonly string[];
  readonly to: string;
  /** Who makes it: a class name for the style sheet, and the words for readers. */
  readonly by: string;
  readonly who: string;
}

/** Parses `* -> new open` for initial states, and `new open -> closed: close, by person (a visitor)` for moves. */
export function readStates(text: string): StateMachine {
  const initial: string[] = [];
  const moves: DrawnMove[] = [];
  for (const line of text.trim().split("\n")) {
    const [, from = "", to = "", name = "", by = "", who = ""] =
      /^(.+?) -> ([^:]+)(?:: (\S+), by (\S+) \((.*)\))?$/.exec(line) ?? [];
    if (from === "*") initial.push(...to.split(" "));
    // A move back into the same state is only in the list below the drawing.
    else moves.push({ name, from: from.split(" ").filter((state) => state !== to), to, by, who });
  }
  return { initial, moves: moves.filter(({ from }) => from.length > 0) };
}

/** The states, each before those that its moves lead to, except for moves that lead back. */
export function orderStates({ initial, moves }: StateMachine): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of moves) {
    for (const state of from) next.set(state, [...(next.get(state) ?? []), to]);
  }
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (state: string): void => {
    if (seen.has(state)) return;
    seen.add(state);
    // States that are visited last come first, so the move that is listed first leads to the nearest state.
    for (const to of [...(next.get(state) ?? [])].reverse()) visit(to);
    order.unshift(state);
  };
  for (const state of [...initial].reverse()) visit(state);
  for (const state of next.keys()) visit(state);
  return order;
}

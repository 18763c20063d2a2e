import type { Clock } from "../clock/clock.ts";
import { stateOf } from "../spec/lives.ts";
import { kindOf } from "../store/owner.ts";
import type { Change, Kept } from "../store/store.ts";
import { makeMove } from "./make-move.ts";
import type { World } from "./plan-move.ts";

/** Milliseconds from one move to the next, by the mock's clock. */
const AUTO_PAUSE = 5_000;

/** Makes the usual next move of each resource automatically, a while after it entered its state. */
export interface AutoMoves {
  /** Takes note of changes to resources. @param since when they happened @default now */
  changed(changes: readonly Change[], since?: number): void;
  /** Cancels all planned moves. */
  clear(): void;
}

interface Ahead {
  readonly due: number;
  readonly kept: Kept;
  readonly state: string;
  readonly move: string;
}

export function autoMoves(clock: Clock, world: () => World): AutoMoves {
  /** In the order of their times. */
  let ahead: Ahead[] = [];
  let cancel: (() => void) | undefined;

  const usualMove = ({ found, next }: Change): Omit<Ahead, "due"> | undefined => {
    const life = next === undefined ? undefined : world().lives.get(kindOf(next.owner));
    if (next === undefined || life === undefined) return undefined;
    const state = stateOf(life, next.resource);
    // A resource that stays in its state has already made its move.
    if (found !== undefined && stateOf(life, found.resource) === state) return undefined;
    const move = life.cycle.moves.find(({ usualFrom }) => usualFrom.includes(state));
    return move === undefined ? undefined : { kept: next, state, move: move.name };
  };
  const make = async ({ due, kept, state, move }: Ahead): Promise<void> => {
    const life = world().lives.get(kindOf(kept.owner));
    const now = await world().resources.find(kept.owner, kept.id);
    // It has changed since, and that change planned its own next move.
    if (life === undefined || now === undefined || stateOf(life, now.resource) !== state) return;
    const { changes } = await makeMove(world(), kept.id, move);
    changed(changes, due);
  };
  const wait = () => {
    cancel?.();
    const [first] = ahead;
    cancel = first === undefined ? undefined : clock.at(first.due, () => void makeDue());
  };
  const makeDue = async (): Promise<void> => {
    for (let first = ahead[0]; first !== undefined && first.due <= clock.now(); first = ahead[0]) {
      ahead.shift();
      // A removed resource, or an unavailable store, is no reason to stop.
      await make(first).catch(() => {});
    }
    wait();
  };
  const changed = (changes: readonly Change[], since = clock.now()) => {
    for (const change of changes) {
      const usual = usualMove(change);
      if (usual !== undefined) insert({ due: since + AUTO_PAUSE, ...usual });
    }
  };
  const insert = (one: Ahead) => {
    let index = ahead.length;
    while (index > 0 && (ahead[index - 1]?.due ?? 0) > one.due) index -= 1;
    ahead.splice(index, 0, one);
    if (index === 0) wait();
  };
  return {
    changed,
    clear() {
      ahead = [];
      wait();
    },
  };
}

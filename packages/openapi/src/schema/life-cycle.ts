import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { Extension, type PlacedValue } from "../document/extension.ts";
import { eachNode } from "../document/nodes.ts";
import type { Json } from "../json/json.ts";
import { isPointer } from "../json/pointer.ts";
import { memoizeByObject } from "../memoize.ts";
import { schemasAt } from "./schema-parts.ts";

/** `x-states`: the states of a resource, and the moves between them. */
export interface LifeCycle {
  /** The kind of resource, as in `x-resource`. */
  readonly kind: string;
  /** JSON Pointer to the schema of the resource, in the document. */
  readonly schema: string;
  /** JSON Pointer into the resource: where its state is. */
  readonly state: string;
  /** All states, in the order of the schema. */
  readonly states: readonly string[];
  /** The initial states of a resource, and the events that they fire. */
  readonly initial: readonly InitialState[];
  /** Resources of other kinds that exist from the start. */
  readonly creates: readonly Creation[];
  readonly moves: readonly Move[];
}

export interface InitialState {
  readonly state: string;
  /** Names of events. */
  readonly fires: readonly string[];
}

/** A transition from one state to the next. */
export interface Move {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly summary: string | undefined;
  /** Who makes it happen: a caller of the API, the person it is about, the caller's team by hand, or the server. */
  readonly by: "caller" | "person" | "team" | "server";
  readonly from: readonly string[];
  /** Those of them in which this is the usual next move. */
  readonly usualFrom: readonly string[];
  /** `undefined`: the state stays. */
  readonly to: string | undefined;
  /** Values that the resource has afterwards, its state among them. */
  readonly sets: readonly PlacedValue[];
  /** Fresh values, by the rules of `x-generate`. */
  readonly generates: readonly { readonly pointer: string; readonly rule: string }[];
  readonly creates: readonly Creation[];
  /** Moves of other resources that happen with it. */
  readonly moves: readonly RelatedMove[];
  /** Names of events, in the order in which they are fired. */
  readonly fires: readonly string[];
}

/** A resource of another kind that is created. "Own" pointers lead into the parent resource. */
export interface Creation {
  readonly kind: string;
  /** Own pointer: where the new resource's ID is stored. */
  readonly id: string | undefined;
  /** Own pointer: where the new resource itself is embedded, always in its current state. */
  readonly at: string | undefined;
  /** The initial state of the new resource. */
  readonly state: string;
  readonly sets: readonly PlacedValue[];
  /** Values that the new resource takes over. */
  readonly takes: readonly Taken[];
}

export interface Taken {
  /** JSON Pointer into the new resource. */
  readonly pointer: string;
  /** Own pointer. */
  readonly from: string;
  /** The share of a number to take over, rounded down to a whole number; 1 for all of it. */
  readonly share: number;
}

export interface RelatedMove {
  readonly kind: string;
  /** Own pointer: the ID of the other resource. */
  readonly id: string;
  readonly move: string;
}

const KEYS = ["kind", "at", "initial", "creates", "moves"];
const MOVE_KEYS = [
  ...["summary", "by", "from", "usualFrom", "to", "sets", "generates", "creates", "moves", "fires"],
];

/**
 * The life cycles that a document declares (`x-states`), in document order.
 * @throws DocumentError if one can't be read
 */
export const listLifeCycles: (document: OpenApiDocument) => readonly LifeCycle[] = memoizeByObject(
  (document) => {
    const found: LifeCycle[] = [];
    eachNode(document, (node, walk) => {
      const states = node["x-states"];
      if (states !== undefined) found.push(readOf(document, states, walk.pointer));
    });
    return found;
  },
);

/** The life cycle of a kind of resource; `undefined` if none is declared. */
export function lifeCycleOf(document: OpenApiDocument, kind: string): LifeCycle | undefined {
  return listLifeCycles(document).find((cycle) => cycle.kind === kind);
}

function readOf(document: OpenApiDocument, node: Json, schema: string): LifeCycle {
  const cycle = readLifeCycle(node, `${schema}/x-states`);
  const states = schemasAt(document, schema, cycle.state).flatMap((place) => place.node["enum"] ?? []);
  return { ...cycle, schema, states: states.filter((state) => typeof state === "string") };
}

/** Reads `x-states`, without the surrounding schema. @throws DocumentError if it can't be read */
export function readLifeCycle(node: Json, place: string): Omit<LifeCycle, "schema" | "states"> {
  const cycle = new Extension(node, place, KEYS);
  const state = cycle.pointer("at");
  const moves = cycle.entries("moves").map((entry) => readMove(entry, state));
  return {
    kind: cycle.text("kind"),
    state,
    initial: readInitial(cycle),
    creates: readCreations(cycle),
    moves,
  };
}

function readInitial(cycle: Extension): InitialState[] {
  const states = cycle.entries("initial").map(({ name }) => name);
  if (states.length === 0) throw new DocumentError(cycle.at("initial"), "an initial state is needed");
  const initial = new Extension(cycle.node["initial"], cycle.at("initial"), states);
  return states.map((state) => ({ state, fires: initial.texts(state) }));
}

function readMove({ name, node, place }: { name: string; node: Json; place: string }, state: string): Move {
  const move = new Extension(node, place, MOVE_KEYS);
  const to = move.textIfAny("to");
  const from = move.texts("from");
  if (from.length === 0) move.refuse("from", "a list of states");
  const usualFrom = move.texts("usualFrom");
  if (!usualFrom.every((usual) => from.includes(usual)))
    move.refuse("usualFrom", "a subset of the states in from");
  return {
    name,
    summary: move.textIfAny("summary"),
    by: move.oneOf("by", ["caller", "person", "team", "server"]),
    from,
    usualFrom,
    to,
    sets: [...(to === undefined ? [] : [{ pointer: state, value: to }]), ...move.values("sets")],
    generates: move.placed("generates").map(({ pointer, node: rule, place: at }) => {
      if (typeof rule !== "string") throw new DocumentError(at, "a rule such as uuid is needed");
      return { pointer, rule };
    }),
    creates: readCreations(move),
    moves: move.items("moves").map((item) => {
      const related = new Extension(item.node, item.place, ["kind", "id", "move"]);
      return { kind: related.text("kind"), id: related.pointer("id"), move: related.text("move") };
    }),
    fires: move.texts("fires"),
  };
}

function readCreations(owner: Extension): Creation[] {
  return owner.items("creates").map(({ node, place }) => {
    const creation = new Extension(node, place, ["kind", "id", "at", "state", "sets", "takes"]);
    return {
      kind: creation.text("kind"),
      id: creation.pointerIfAny("id"),
      at: creation.pointerIfAny("at"),
      state: creation.text("state"),
      sets: creation.values("sets"),
      takes: creation
        .placed("takes")
        .map(({ pointer, node: from, place: at }) => ({ pointer, ...readTaken(from, at) })),
    };
  });
}

function readTaken(node: Json, place: string): Omit<Taken, "pointer"> {
  if (typeof node === "string") {
    if (!isPointer(node)) throw new DocumentError(place, `${node} is not a JSON Pointer`);
    return { from: node, share: 1 };
  }
  const taken = new Extension(node, place, ["from", "share"]);
  const { share } = taken.node;
  if (typeof share !== "number" || share <= 0 || share > 1) return taken.refuse("share", "a number up to 1");
  return { from: taken.pointer("from"), share };
}

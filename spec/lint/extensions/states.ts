import { readLifeCycle } from "@dots-payouts/openapi";
import { Declared, itemsOf, namesIn } from "../document/declared.ts";
import { childOf, childrenOf } from "../document/place.ts";
import { lead } from "../document/pointer.ts";
import { deadEnds, misplaced, type Problem, report, unlisted, unreadable } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { partsOf, valuesListed } from "../document/schema.ts";
import { generateProblem } from "./generate.ts";

/** `x-states` names states, fields, kinds, moves and events that are there. */
export const states: Rule = () => {
  const declared = new Declared();
  const pending: (() => void)[] = [];
  return {
    Root: {
      enter(node, { location }) {
        declared.noteEvents({ node, location });
      },
      leave() {
        for (const check of pending) check();
      },
    },
    Schema(node, context) {
      const schema = { node, location: context.location };
      const cycle = childOf(schema, "x-states");
      if (cycle.node === undefined) return;
      const isTaken = declared.noteSchema(node, context);
      const tell = (problems: readonly Problem[]): void => report(context, "x-states", problems);
      const unread = unreadable(cycle, readLifeCycle);
      if (unread.length > 0) return tell(unread);
      const kind = childOf(cycle, "kind");
      if (isTaken) {
        tell([{ problem: `${String(kind.node)} has states already.`, location: kind.location }]);
      }
      pending.push(() => tell(new CycleCheck(schema, cycle, declared, context).problems()));
    },
  };
};

class CycleCheck {
  readonly #schema: Place;
  readonly #cycle: Place;
  readonly #declared: Declared;
  readonly #context: RuleContext;

  constructor(schema: Place, cycle: Place, declared: Declared, context: RuleContext) {
    this.#schema = schema;
    this.#cycle = cycle;
    this.#declared = declared;
    this.#context = context;
  }

  problems(): Problem[] {
    const at = childOf(this.#cycle, "at");
    const ends = this.#leads(at);
    if (ends.length > 0) return ends;
    const known = statesOf(this.#schema, this.#cycle, this.#context);
    if (known.length === 0) {
      return [{ problem: `${String(at.node)} lists no states: it has no enum.`, location: at.location }];
    }
    const initial = childOf(this.#cycle, "initial");
    return [
      ...namesIn(initial).flatMap((name) =>
        unlisted("state", name, known, childOf(initial, name).location.key()),
      ),
      ...namesIn(initial).flatMap((name) => this.#fires(childOf(initial, name))),
      ...this.#creates(this.#cycle),
      ...namesIn(childOf(this.#cycle, "moves")).flatMap((name) =>
        this.#move(childOf(this.#cycle, "moves", name), known),
      ),
    ];
  }

  #move(move: Place, known: readonly string[]): Problem[] {
    const to = childOf(move, "to");
    return [
      ...itemsOf(childOf(move, "from")).flatMap(({ node, location }) =>
        unlisted("state", node, known, location),
      ),
      ...(to.node === undefined ? [] : unlisted("state", to.node, known, to.location)),
      ...misplaced("resource", [this.#schema], childrenOf(childOf(move, "sets")), this.#context),
      ...childrenOf(childOf(move, "generates")).flatMap(([pointer, rule]) => this.#generates(pointer, rule)),
      ...this.#creates(move),
      ...itemsOf(childOf(move, "moves")).flatMap((related) => this.#related(related)),
      ...this.#fires(childOf(move, "fires")),
    ];
  }

  #generates(pointer: string, rule: Place): Problem[] {
    const found = lead(this.#schema, pointer, this.#context);
    if ("problem" in found) return [{ problem: found.problem, location: rule.location.key() }];
    const parts = found.schemas.flatMap((schema) => partsOf(schema, this.#context));
    const problem = generateProblem(rule.node, parts);
    return problem === undefined ? [] : [{ problem, location: rule.location }];
  }

  #creates(owner: Place): Problem[] {
    return itemsOf(childOf(owner, "creates")).flatMap((creation): Problem[] => {
      const kind = childOf(creation, "kind");
      const other = this.#declared.schemaOf(kind.node);
      if (other === undefined) return unlisted("kind", kind.node, this.#declared.kinds, kind.location);
      const state = childOf(creation, "state");
      const initial = namesIn(childOf(other, "x-states", "initial"));
      return [
        ...unlisted("state to begin in", state.node, initial, state.location),
        ...["id", "at"].flatMap((key) => this.#leads(childOf(creation, key))),
        ...misplaced("new resource", [other], childrenOf(childOf(creation, "sets")), this.#context),
        ...childrenOf(childOf(creation, "takes")).flatMap(([pointer, from]) => [
          ...deadEnds("new resource", [other], pointer, from.location.key(), this.#context),
          ...this.#leads(typeof from.node === "string" ? from : childOf(from, "from")),
        ]),
      ];
    });
  }

  #related(related: Place): Problem[] {
    const kind = childOf(related, "kind");
    const move = childOf(related, "move");
    if (this.#declared.schemaOf(kind.node) === undefined) {
      return unlisted("kind", kind.node, this.#declared.kinds, kind.location);
    }
    return [
      ...this.#leads(childOf(related, "id")),
      ...unlisted(
        `move of ${String(kind.node)}`,
        move.node,
        this.#declared.movesOf(kind.node),
        move.location,
      ),
    ];
  }

  #fires(list: Place): Problem[] {
    return itemsOf(list).flatMap(({ node, location }) =>
      unlisted("event", node, this.#declared.events, location),
    );
  }

  /** A pointer into the resource if there is one. */
  #leads({ node, location }: Place): Problem[] {
    return node === undefined ? [] : deadEnds("resource", [this.#schema], node, location, this.#context);
  }
}

function statesOf(schema: Place, cycle: Place, context: RuleContext): string[] {
  const found = lead(schema, childOf(cycle, "at").node, context);
  return "problem" in found ? [] : valuesListed(found.schemas, context).map(String);
}

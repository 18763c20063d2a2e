import { readResourceRole } from "@dots-payouts/openapi";
import { Declared, itemsOf, namesIn } from "../document/declared.ts";
import { childOf, childrenOf, isNode, meaningOf, successesOf } from "../document/place.ts";
import { lead } from "../document/pointer.ts";
import { deadEnds, misplaced, type Problem, report, unlisted, unreadable } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { jsonSchemasOf, partsOf, typesOf } from "../document/schema.ts";

/** `x-resource` is consistent: what it names is declared, and each kind is created. */
export const resource: Rule = () => {
  const declared = new Declared();
  /** Where each kind is created: the schemas of the resource in that success. */
  const created = new Map<unknown, readonly Place[]>();
  const pending: (() => void)[] = [];
  let path: Place | undefined;
  return {
    Root: {
      leave() {
        for (const check of pending) check();
      },
    },
    Schema(node, context) {
      declared.noteSchema(node, context);
    },
    PathItem: {
      enter(node, { location }) {
        path = { node, location };
      },
      Operation(node, context) {
        const operation = { node, location: context.location };
        const role = childOf(operation, "x-resource");
        if (role.node === undefined) return;
        const tell = (problems: readonly Problem[]): void => report(context, "x-resource", problems);
        const kind = childOf(role, "kind");
        const creates = childOf(role, "does").node === "create";
        if (creates) created.set(kind.node, []);
        const unread = unreadable(role, readResourceRole);
        if (unread.length > 0) return tell(unread);
        const owners = path === undefined ? [operation] : [path, operation];
        const check = new RoleCheck(role, operation, owners, context);
        const problems = check.problems();
        if (problems.length > 0) return tell(problems);
        if (creates) created.set(kind.node, check.resources());
        pending.push(() => {
          if (![...created.keys(), ...declared.created].includes(kind.node)) {
            const problem = `no operation creates a ${String(kind.node)}, and no other resource does.`;
            return tell([{ problem, location: kind.location }]);
          }
          // An answer without a body has no resource: what is set must match the created one.
          if (check.resources().length === 0) {
            const cycle = declared.schemaOf(kind.node);
            const schemas = cycle === undefined ? (created.get(kind.node) ?? []) : [cycle];
            tell(misplaced("resource", schemas, childrenOf(childOf(role, "sets")), context));
          }
          const move = childOf(role, "move");
          if (move.node === undefined) return;
          tell(
            unlisted(`move of ${String(kind.node)}`, move.node, declared.movesOf(kind.node), move.location),
          );
        });
      },
    },
  };
};

class RoleCheck {
  readonly #role: Place;
  readonly #owners: readonly Place[];
  readonly #context: RuleContext;
  /** The schemas of the successes. */
  readonly #success: readonly Place[];

  constructor(role: Place, operation: Place, owners: readonly Place[], context: RuleContext) {
    this.#role = role;
    this.#owners = owners;
    this.#context = context;
    this.#success = successesOf(operation).flatMap(([, response]) =>
      jsonSchemasOf(meaningOf(response, context), context),
    );
  }

  problems(): Problem[] {
    const role = this.#role;
    return [
      ...this.#parameter(childOf(role, "by"), "path"),
      ...["id", "at"].flatMap((key) => this.#leads(childOf(role, key))),
      ...this.#sets(),
      ...(childOf(role, "does").node === "list" ? this.#list() : []),
    ];
  }

  /** The schemas of the resource in the success; empty if the success has no JSON. */
  resources(): readonly Place[] {
    return this.#schemasAt(childOf(this.#role, "at"));
  }

  #sets(): Problem[] {
    const resources = this.resources();
    if (resources.length === 0) return [];
    return misplaced("resource", resources, childrenOf(childOf(this.#role, "sets")), this.#context);
  }

  #list(): Problem[] {
    const items = childOf(this.#role, "items");
    const lists = this.#schemasAt(items);
    const problems = [...this.#leads(items), ...this.#isOf(items, "array")];
    if (problems.length > 0) return problems;
    const item = lists.flatMap((list) => partsOf(list, this.#context)).map((part) => childOf(part, "items"));
    const described = item.filter(({ node }) => isNode(node));
    const inItem = ({ node, location }: Place): Problem[] =>
      node === undefined ? [] : deadEnds("resource", described, node, location, this.#context);
    const filters = childOf(this.#role, "filters");
    const page = childOf(this.#role, "page");
    return [
      ...namesIn(filters).flatMap((name) => {
        const filter = childOf(filters, name);
        const bounds = ["from", "to"].map((key) => childOf(filter, key));
        return [
          ...this.#parameter({ node: name, location: filter.location.key() }, "query"),
          ...(typeof filter.node === "string" ? [filter] : bounds).flatMap(inItem),
        ];
      }),
      ...this.#parameter(childOf(this.#role, "reverse"), "query"),
      ...this.#parameter(childOf(page, "limit"), "query"),
      ...["after", "before"].flatMap((key) => {
        const cursor = childOf(page, key);
        if (!isNode(cursor.node)) return this.#parameter(cursor, "query");
        return [
          ...this.#parameter(childOf(cursor, "parameter"), "query"),
          ...inItem(childOf(cursor, "from")),
        ];
      }),
      ...this.#leads(childOf(page, "next")),
      ...this.#isOf(childOf(page, "next"), "string", "integer", "number"),
      ...this.#leads(childOf(page, "more")),
      ...this.#isOf(childOf(page, "more"), "boolean"),
    ];
  }

  #parameter({ node, location }: Place, where: string): Problem[] {
    if (node === undefined || this.#declares(node, where)) return [];
    return [{ problem: `${JSON.stringify(node)} is not a ${where} parameter here.`, location }];
  }

  #declares(name: unknown, where: string): boolean {
    return this.#owners
      .flatMap((owner) => itemsOf(childOf(owner, "parameters")))
      .map((place) => meaningOf(place, this.#context).node)
      .some((node) => isNode(node) && node["name"] === name && node["in"] === where);
  }

  /** A pointer into the success, if there is one. */
  #leads({ node, location }: Place): Problem[] {
    if (node === undefined || node === "") return [];
    return deadEnds("success", this.#success, node, location, this.#context);
  }

  /** A pointer has to lead to a value of one of these types. */
  #isOf(pointer: Place, ...types: string[]): Problem[] {
    if (pointer.node === undefined) return [];
    return this.#schemasAt(pointer).flatMap((schema) => {
      const found = typesOf(partsOf(schema, this.#context));
      if (found.size === 0 || types.some((type) => found.has(type))) return [];
      const problem = `${JSON.stringify(pointer.node)} is not of type ${types.join(" or ")}.`;
      return [{ problem, location: pointer.location }];
    });
  }

  /** The schemas that a pointer into the success leads to; those of the success if there is no pointer. */
  #schemasAt({ node }: Place): readonly Place[] {
    if (node === undefined || node === "") return this.#success;
    return this.#success.flatMap((schema) => {
      const found = lead(schema, node, this.#context);
      return "schemas" in found ? found.schemas : [];
    });
  }
}

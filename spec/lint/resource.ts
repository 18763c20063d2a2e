import { childOf, childrenOf, isNode, meaningOf, successesOf } from "./place.ts";
import { lead } from "./pointer.ts";
import { deadEnds, misplaced, type Problem } from "./problem.ts";
import type { Place, Rule, RuleContext } from "./redocly.ts";
import { jsonSchemasOf, partsOf, typesOf } from "./schema.ts";

/** What each word in `does` needs beside `kind`, and what it may have. */
const WORDS: Readonly<
  Record<string, { readonly needs: readonly string[]; readonly may: readonly string[] }>
> = {
  create: { needs: ["id"], may: [] },
  read: { needs: ["by"], may: [] },
  list: { needs: ["items"], may: ["filters", "page"] },
  change: { needs: ["by"], may: ["sets"] },
  remove: { needs: ["by"], may: [] },
};

/** `x-resource` says something that can be carried out: what it names is declared, and each kind is created. */
export const resource: Rule = () => {
  const created = new Set<unknown>();
  const used: [kind: unknown, report: () => void][] = [];
  let shared: Place | undefined;
  return {
    PathItem: {
      enter(node, context) {
        shared = { node, location: context.location };
      },
      Operation(node, context) {
        const operation = { node, location: context.location };
        const role = childOf(operation, "x-resource");
        if (role.node === undefined) return;
        const report = ({ problem, location }: Problem): void =>
          context.report({ message: `x-resource: ${problem}`, location });
        const problems = problemsOf(role, operation, shared ?? operation, context);
        for (const problem of problems) report(problem);
        const kind = childOf(role, "kind");
        if (childOf(role, "does").node === "create") created.add(kind.node);
        const problem = `no operation creates a ${String(kind.node)}.`;
        if (problems.length === 0) {
          used.push([kind.node, () => report({ problem, location: kind.location })]);
        }
      },
    },
    Root: {
      leave() {
        for (const [kind, report] of used) if (!created.has(kind)) report();
      },
    },
  };
};

function problemsOf(role: Place, operation: Place, path: Place, context: RuleContext): Problem[] {
  const does = childOf(role, "does");
  const word =
    typeof does.node === "string" && Object.hasOwn(WORDS, does.node) ? WORDS[does.node] : undefined;
  if (!isNode(role.node) || word === undefined) {
    const problem = `does has to be one of ${Object.keys(WORDS).join(", ")}.`;
    return [{ problem, location: isNode(role.node) ? does.location : role.location }];
  }
  const keys = ["kind", "does", ...word.needs, ...word.may];
  const success = successOf(operation, context);
  const parameter = (place: Place, where: string): Problem[] =>
    isDeclared(place.node, where, [path, operation], context)
      ? []
      : [
          {
            problem: `${JSON.stringify(place.node)} is no ${where} parameter here.`,
            location: place.location,
          },
        ];
  const pointer = (place: Place): Problem[] =>
    deadEnds("success", success, place.node, place.location, context);
  return [
    ...["kind", ...word.needs].flatMap((key) =>
      childOf(role, key).node === undefined
        ? [{ problem: `${key} is missing.`, location: role.location.key() }]
        : [],
    ),
    ...childrenOf(role).flatMap(([key, place]): Problem[] => {
      if (!keys.includes(key))
        return [{ problem: `nobody reads ${key} here.`, location: place.location.key() }];
      if (key === "by") return parameter(place, "path");
      if (key === "id") return pointer(place);
      if (key === "items") return place.node === "" ? [] : listAt(success, place, context);
      if (key === "filters")
        return childrenOf(place).flatMap(([name, at]) => parameter({ ...at, node: name }, "query"));
      if (key === "page") {
        return childrenOf(place).flatMap(([name, at]) => {
          if (name === "next") return pointer(at);
          if (name === "limit" || name === "after") return parameter(at, "query");
          return [{ problem: `nobody reads ${name} here.`, location: at.location.key() }];
        });
      }
      if (key === "sets") return misplaced("success", success, childrenOf(place), context);
      return [];
    }),
  ];
}

/** The JSON schemas of the operation's successes. */
function successOf(operation: Place, context: RuleContext): Place[] {
  return successesOf(operation).flatMap(([, response]) =>
    jsonSchemasOf(meaningOf(response, context), context),
  );
}

function listAt(schemas: readonly Place[], place: Place, context: RuleContext): Problem[] {
  const ends = deadEnds("success", schemas, place.node, place.location, context);
  if (ends.length > 0) return ends;
  return schemas.flatMap((schema) => {
    const found = lead(schema, place.node, context);
    const parts = "schemas" in found ? found.schemas.flatMap((at) => partsOf(at, context)) : [];
    if (typesOf(parts).has("array")) return [];
    return [{ problem: `${String(place.node)} is no array.`, location: place.location }];
  });
}

function isDeclared(name: unknown, where: string, owners: readonly Place[], context: RuleContext): boolean {
  return owners
    .flatMap((owner) => childrenOfList(childOf(owner, "parameters")))
    .map((place) => meaningOf(place, context).node)
    .some((node) => isNode(node) && node["name"] === name && node["in"] === where);
}

function childrenOfList(place: Place): Place[] {
  return Array.isArray(place.node) ? [...place.node.keys()].map((index) => childOf(place, index)) : [];
}

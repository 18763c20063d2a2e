import { formatPointer, getAt, isObject, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Impact, Note } from "./change/change.ts";
import { compareSchemasAt } from "./operation/versions.ts";
import { signatureOf } from "./proof/signature.ts";

const SCHEMAS = "/components/schemas";

/**
 * Compares the schemas by name, because the client's types have these names. Changes within operations are reported
 * there; this covers the rest: names that are gone, and names that mean something else although no operation does.
 */
export function compareNamedSchemas(
  before: OpenApiDocument,
  after: OpenApiDocument,
  compared: ReadonlySet<string>,
  note: Note,
): void {
  const names = namesOf(after);
  for (const name of namesOf(before)) {
    const pointer = SCHEMAS + formatPointer([name]);
    if (!names.includes(name)) {
      note("breaking", `The schema ${name} was removed or renamed.`, {
        client: "the type with this name is gone.",
      });
    } else if (!compared.has(pointer)) {
      const impacts = impactsAt(before, after, pointer);
      const advice = { client: "check where you use the type with this name." };
      if (impacts.has("breaking")) note("breaking", `The schema ${name} means something else.`, advice);
      else if (impacts.has("addition")) note("addition", `The schema ${name} has something new.`);
    }
  }
}

/** What a change of the schema means for senders and readers of such values. */
function impactsAt(before: OpenApiDocument, after: OpenApiDocument, pointer: string): Set<Impact> {
  const impacts = new Set<Impact>();
  const [old, now] = [before, after].map((document) =>
    signatureOf({ document, node: getAt(document, pointer) ?? null, pointer }),
  );
  if (old === now) return impacts;
  for (const direction of ["request", "response"] as const) {
    compareSchemasAt(
      { before, after, sent: direction, note: (impact) => impacts.add(impact), named: () => {} },
      { direction, side: "schema" },
      pointer,
      pointer,
    );
  }
  return impacts;
}

function namesOf(document: OpenApiDocument): string[] {
  const schemas = getAt(document, SCHEMAS);
  return isObject(schemas) ? Object.keys(schemas) : [];
}

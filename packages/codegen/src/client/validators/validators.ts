import { exactStatus, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Cache } from "../../target/target.ts";
import { openAnswers } from "../document/open-answers.ts";
import { successes } from "../document/successes.ts";
import { sentContent } from "../methods/form-body.ts";
import { withRuntime } from "./runtime.ts";
import { compileTogether } from "./together.ts";
import { compileUnits } from "./units.ts";

/** The types of what `validators` makes. */
export const validatorTypes = `import type { Validate } from "../runtime/validate.ts";

/** Checks the body of a request, by operation. */
export declare const requests: Readonly<Record<string, Validate | undefined>>;

/** Checks the data of an answer, by operation and status. */
export declare const answers: Readonly<Record<string, Validate | undefined>>;
`;

/**
 * JavaScript that checks requests and answers without a library.
 * @param opened the document that the types are made from, which has the same operations
 */
export function validators(
  document: OpenApiDocument,
  opened: OpenApiDocument,
  cache: Cache = new Map(),
): string {
  const requests: Checked[] = [];
  const answers: Checked[] = [];
  for (const operation of listOperations(opened)) {
    const { id } = operation;
    const body = sentContent(operation)?.schema;
    if (body !== undefined) requests.push({ key: id, schema: body });
    for (const { response, media } of successes(opened, operation)) {
      if (media?.schema === undefined) continue;
      answers.push({ key: `${id} ${exactStatus(response) ?? "2XX"}`, schema: media.schema });
    }
  }
  const places = [...new Set([...requests, ...answers].map(({ schema }) => schema))];
  const checked = openAnswers(document, "anyOf");
  const units = compileUnits(checked, places, cache);
  const whole = compileTogether(checked, units.left);
  const names = new Map([...units.names, ...whole.names]);
  const tables = `${declare("requests", requests, names)}${declare("answers", answers, names)}`;
  return withRuntime(units.code + whole.code) + tables;
}

interface Checked {
  readonly key: string;
  /** JSON Pointer into the document. */
  readonly schema: string;
}

function declare(name: string, checked: readonly Checked[], names: ReadonlyMap<string, string>): string {
  const entries = checked.map(({ key, schema }) => `  ${JSON.stringify(key)}: ${names.get(schema)},\n`);
  return `export const ${name} = {\n${entries.join("")}};\n`;
}

import { DocumentError, listOperations, namesInherited, type OpenApiDocument } from "@dots-payouts/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { fastFormats } from "ajv-formats/dist/formats.js";
import { camelCase } from "../names.ts";
import { bareSchemas } from "./bare-schemas.ts";
import { openAnswers } from "./open-answers.ts";
import { successes } from "./success.ts";
import { jsonContent } from "./type-at.ts";
import { inlineRuntime } from "./validator-runtime.ts";

/** The types of what `validators` makes. */
export const validatorTypes = `import type { Validate } from "../validation/validate.ts";

/** Checks the body of a request, by operation. */
export declare const requests: Readonly<Record<string, Validate | undefined>>;

/** Checks the data of an answer, by operation and status. */
export declare const answers: Readonly<Record<string, Validate | undefined>>;
`;

/** JavaScript that checks requests and answers, compiled so that it needs no library. */
export function validators(document: OpenApiDocument): string {
  const opened = openAnswers(document, "anyOf");
  const ajv = new Ajv2020({
    allErrors: true,
    // It makes more code, and without it `constructor` is there in every object.
    ownProperties: namesInherited(document),
    strict: false,
    logger: false,
    formats: patterns(),
    code: { source: true, esm: true, optimize: true },
  });
  ajv.addSchema({
    $id: "spec",
    components: bareSchemas(opened["components"] ?? {}),
    paths: bareSchemas(opened["paths"] ?? {}),
  });

  const requests: Checked[] = [];
  const answers: Checked[] = [];
  for (const operation of listOperations(opened)) {
    const { id, requestBody } = operation;
    const body = jsonContent(requestBody?.content)?.schema;
    if (body !== undefined) requests.push({ key: id, name: `${camelCase(id)}Request`, schema: body });
    for (const { response, media } of successes(opened, operation)) {
      if (media?.schema === undefined) continue;
      const status = response.status === "default" ? "2XX" : response.status;
      answers.push({ key: `${id} ${status}`, name: `${camelCase(id)}${status}`, schema: media.schema });
    }
  }
  // What operations share is made once: Ajv would declare it under one name again and again.
  const names = new Map(
    // Ajv exports under plain names only.
    [...requests, ...answers].map(({ name, schema }, index) => [
      schema,
      /^\w+$/.test(name) ? name : `check${index}`,
    ]),
  );
  for (const schema of names.keys()) requireCompiling(ajv, schema);
  const references = [...names].map(([schema, name]) => [name, `spec#${schema}`]);
  const code = inlineRuntime(standalone.default(ajv, Object.fromEntries(references)));
  // Two tables lead to all of them.
  const hidden = code.replaceAll(/\bexport (const \w+ = validate\d+;)/g, "$1");
  return `${hidden}\n${declare("requests", requests, names)}${declare("answers", answers, names)}`;
}

interface Checked {
  readonly key: string;
  readonly name: string;
  /** JSON Pointer into the document. */
  readonly schema: string;
}

function requireCompiling(ajv: Ajv2020, schema: string): void {
  try {
    ajv.getSchema(`spec#${schema}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(schema, `the schema does not compile: ${reason}`);
  }
}

function declare(name: string, checked: readonly Checked[], names: ReadonlyMap<string, string>): string {
  const entries = checked.map(
    ({ key, schema, name: own }) => `  ${JSON.stringify(key)}: ${names.get(schema) ?? own},\n`,
  );
  return `export const ${name} = {\n${entries.join("")}};\n`;
}

/** The formats that are patterns: those that are functions would have to be imported from somewhere. */
function patterns(): Record<string, RegExp> {
  return Object.fromEntries(
    Object.entries(fastFormats).flatMap(([name, format]): [string, RegExp][] => {
      const pattern = typeof format === "object" && "validate" in format ? format.validate : format;
      return pattern instanceof RegExp ? [[name, pattern]] : [];
    }),
  );
}

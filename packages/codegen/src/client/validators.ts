import { listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { fastFormats } from "ajv-formats/dist/formats.js";
import { camelCase } from "../names.ts";
import { bareSchemas } from "./bare-schemas.ts";
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
export function validators(opened: OpenApiDocument): string {
  const ajv = new Ajv2020({
    allErrors: true,
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
  for (const { id, requestBody, responses } of listOperations(opened)) {
    const body = jsonContent(requestBody?.content)?.schema;
    if (body !== undefined) requests.push({ key: id, name: `${camelCase(id)}Request`, schema: body });
    for (const { status, content } of responses) {
      const data = status.startsWith("2") ? jsonContent(content)?.schema : undefined;
      if (data !== undefined)
        answers.push({ key: `${id} ${status}`, name: `${camelCase(id)}${status}`, schema: data });
    }
  }
  const references = [...requests, ...answers].map(({ name, schema }) => [name, `spec#${schema}`]);
  const code = inlineRuntime(standalone.default(ajv, Object.fromEntries(references)));
  // Two tables lead to all of them.
  const hidden = code.replaceAll(/\bexport (const \w+ = validate\d+;)/g, "$1");
  return `${hidden}\n${declare("requests", requests)}${declare("answers", answers)}`;
}

interface Checked {
  readonly key: string;
  readonly name: string;
  /** JSON Pointer into the document. */
  readonly schema: string;
}

function declare(name: string, checked: readonly Checked[]): string {
  const entries = checked.map((entry) => `  ${JSON.stringify(entry.key)}: ${entry.name},\n`);
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

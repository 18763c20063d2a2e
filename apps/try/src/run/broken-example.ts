import {
  DocumentError,
  eachNode,
  formatPointer,
  isJson,
  type Json,
  listOperations,
  type OpenApiDocument,
  parsePointer,
  surelyFits,
} from "@dots-payouts/openapi";
import { type CompiledSchemas, compileSchemas } from "@dots-payouts/openapi/validation";

/** The first example of a request, or in a schema, that does not fit its schema: docs and samples show it. */
export function brokenExample(document: OpenApiDocument): DocumentError | undefined {
  const schemas = compileSchemas(document);
  let found = brokenRequest(document, schemas);
  eachNode(document, (node, { pointer }) => {
    if (found !== undefined || !isInSchema(pointer)) return;
    for (const [place, value] of examplesOf(node)) {
      if (surelyFits(document, pointer, value) || schemas.at(pointer)(value)) continue;
      found = new DocumentError(pointer + place, "an example does not fit its schema");
    }
  });
  return found;
}

/** The first example of a request that does not fit its schema. */
function brokenRequest(document: OpenApiDocument, schemas: CompiledSchemas): DocumentError | undefined {
  for (const { pointer, requestBody } of listOperations(document)) {
    for (const { type, schema, examples } of requestBody?.content ?? []) {
      if (schema === undefined || !isJson(type)) continue;
      const broken = examples.find(
        ({ value }) => !surelyFits(document, schema, value) && !schemas.at(schema)(value),
      );
      if (broken === undefined) continue;
      const place = `${pointer}/requestBody/content${formatPointer([type])}`;
      return new DocumentError(place, `the example ${broken.name} does not fit its schema`);
    }
  }
  return undefined;
}

/** Whether a schema is at a pointer. What else has examples says in which schema they have to fit. */
function isInSchema(pointer: string): boolean {
  const tokens = parsePointer(pointer);
  const inComponents = tokens[0] === "components" && tokens[1] === "schemas" && tokens.length > 2;
  // A parameter may be called `schema`, too.
  return inComponents || tokens.includes("schema", tokens[0] === "components" ? 3 : 0);
}

function examplesOf({ example, examples }: Readonly<Record<string, Json>>): [place: string, value: Json][] {
  const list = Array.isArray(examples) ? examples : [];
  return [
    ...(example === undefined ? [] : [["/example", example] as [string, Json]]),
    ...list.map((value, index): [string, Json] => [formatPointer(["examples", index]), value]),
  ];
}

import { asDocument, getAt, type Json, type OpenApiDocument } from "@dots-payouts/openapi";
import fc from "fast-check";
import { schemas, valuesFor } from "./random-schemas.ts";

/** A random schema by name, and a value that is at least nearly valid. */
export interface Pair {
  readonly name: string;
  readonly value: Json;
}

/** A document with an operation for each of many schemas, which refer to each other. */
export interface RandomDocument {
  readonly document: OpenApiDocument;
  readonly names: readonly string[];
  readonly pairs: readonly Pair[];
}

/**
 * The schemas with values for each. Every schema has a request and a response.
 * @param seed makes the same document again
 */
export function randomDocument(seed: number, schemaCount: number, valueCount: number): RandomDocument {
  const names = Array.from({ length: schemaCount }, (_, index) => `S${index}`);
  const made = names.map((name, index): [string, Json] => {
    const others = names.slice(index - (index % 4), index);
    const [schema] = fc.sample(schemas(others), { seed: seed + index, numRuns: 1 });
    return [name, schema ?? {}];
  });
  const document = asDocument({
    openapi: "3.1.0",
    info: { title: "Random", version: "1" },
    servers: [{ url: "https://random.test", "x-environment": "test" }],
    paths: Object.fromEntries(names.map((name) => [`/${name}`, { post: operation(name) }])),
    components: { schemas: Object.fromEntries(made) },
  });
  const resolve = (reference: string): Json => getAt(document, reference.slice(1)) ?? null;
  const pairs = names.flatMap((name, index) => {
    const values = fc.sample(valuesFor(schemaOf(document, name), resolve), {
      seed: seed + index,
      numRuns: valueCount,
    });
    const distinct = new Map(values.map((value) => [JSON.stringify(value), value]));
    return [...distinct.values()].map((value) => ({ name, value }));
  });
  return { document, names, pairs };
}

function operation(name: string): Json {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
  return {
    operationId: name,
    requestBody: { required: true, content },
    responses: { "200": { description: "Done.", content } },
  };
}

export function schemaOf(document: OpenApiDocument, name: string): Json {
  return getAt(document, `/components/schemas/${name}`) ?? null;
}

/** The seed of this run, which repeats it. */
export function chosenSeed(): number {
  const seed = Number(process.env["DOTS_TEST_SEED"] ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}; DOTS_TEST_SEED=${seed} runs the same again`);
  return seed;
}

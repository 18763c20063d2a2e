import { targets } from "@dots-payouts/codegen";
import { asDocument, getAt, type Json, type OpenApiDocument } from "@dots-payouts/openapi";
import { ajvOptions, createAjv } from "@dots-payouts/openapi/validation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemas, valuesFor } from "./random-schemas.ts";

const SCHEMAS = 60;
const VALUES = 40;

const seed = Number(process.env["DOTS_TEST_SEED"] ?? Date.now() % 2 ** 31);
console.log(`seed ${seed}; DOTS_TEST_SEED=${seed} runs the same again`);

const names = Array.from({ length: SCHEMAS }, (_, index) => `S${index}`);

/** A document with an operation for each of many schemas, which refer to each other. */
function randomDocument(): OpenApiDocument {
  const made = names.map((_, index) => {
    const [schema] = fc.sample(schemas(names.slice(index - (index % 4), index)), {
      seed: seed + index,
      numRuns: 1,
    });
    return schema ?? {};
  });
  const paths = Object.fromEntries(
    names.map((name) => [
      `/${name}`,
      {
        post: {
          operationId: name,
          requestBody: {
            content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
          },
          responses: { "204": { description: "Done." } },
        },
      },
    ]),
  );
  return asDocument({
    openapi: "3.1.0",
    info: { title: "Random", version: "1" },
    servers: [{ url: "https://random.test", "x-environment": "test" }],
    paths,
    components: { schemas: Object.fromEntries(names.map((name, index) => [name, made[index] ?? {}])) },
  });
}

const document = randomDocument();
const pairs = names.flatMap((name, index) => {
  const schema = schemaOf(name);
  const values = fc.sample(
    valuesFor(schema, (reference) => getAt(document, reference.slice(1)) ?? null),
    {
      seed: seed + index,
      numRuns: VALUES,
    },
  );
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()].map((value) => ({
    name,
    value,
  }));
});

function schemaOf(name: string): Json {
  return getAt(document, `/components/schemas/${name}`) ?? null;
}

describe("a validator made apart from others", () => {
  it("judges as Ajv does, whatever is put together and closed", async () => {
    const files = await targets.get("client")?.(document);
    const { requests }: { requests: Record<string, (value: unknown) => boolean> } = await import(
      `data:text/javascript,${encodeURIComponent(files?.["validators.js"] ?? "")}`
    );
    const ajv = createAjv({ ...ajvOptions(document), inlineRefs: false, code: { optimize: false } });
    ajv.addSchema(document, "spec");
    const differing = pairs.filter(({ name, value }) => {
      const expected = ajv.validate({ $ref: `spec#/components/schemas/${name}` }, value);
      return requests[name]?.(value) !== expected;
    });
    expect(differing.map(({ name, value }) => ({ value, schema: schemaOf(name) })).slice(0, 3)).toEqual([]);
    // Were nearly all refused, or nearly none, little would be known.
    const accepted = pairs.filter(({ name, value }) => requests[name]?.(value)).length / pairs.length;
    expect(accepted).toBeGreaterThan(0.15);
    expect(accepted).toBeLessThan(0.85);
    expect(pairs.length).toBeGreaterThan(1_000);
  });
});

import { targets } from "@dots-payouts/codegen";
import { surelyFits } from "@dots-payouts/openapi";
import { ajvOptions, createAjv } from "@dots-payouts/openapi/validation";
import { describe, expect, it } from "vitest";
import { chosenSeed, randomDocument, schemaOf } from "./random-document.ts";

const { document, pairs } = randomDocument(chosenSeed(), 60, 40);

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
    expect(
      differing.map(({ name, value }) => ({ value, schema: schemaOf(document, name) })).slice(0, 3),
    ).toEqual([]);
    // Were nearly all refused, or nearly none, little would be known.
    const accepted = pairs.filter(({ name, value }) => requests[name]?.(value)).length / pairs.length;
    expect(accepted).toBeGreaterThan(0.15);
    expect(accepted).toBeLessThan(0.85);
    expect(pairs.length).toBeGreaterThan(500);
  });
});

describe("what surely fits, by a look at the schema,", () => {
  it("fits by Ajv too, and most of what fits is found so", () => {
    const ajv = createAjv(ajvOptions(document));
    ajv.addSchema(document, "spec");
    const judged = pairs.map(({ name, value }) => ({
      name,
      value,
      fits: ajv.validate({ $ref: `spec#/components/schemas/${name}` }, value),
      sure: surelyFits(document, `/components/schemas/${name}`, value),
    }));
    expect(judged.filter(({ sure, fits }) => sure && !fits).slice(0, 3)).toEqual([]);
    const found = judged.filter(({ sure }) => sure).length / judged.filter(({ fits }) => fits).length;
    expect(found).toBeGreaterThan(0.3);
  });
});

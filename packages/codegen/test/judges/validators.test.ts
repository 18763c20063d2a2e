import { targets } from "@dots-payouts/codegen";
import { memoize, surelyFits } from "@dots-payouts/openapi";
import { ajvOptions, createAjv } from "@dots-payouts/openapi/validation";
import { describe, expect, it } from "vitest";
import { chosenSeed, randomDocument, schemaOf } from "./random-document.ts";

const { document, pairs } = randomDocument(chosenSeed(), 60, 40);

// Schemas that refer to each other at random would be copied into each other without end.
const ajv = createAjv({ ...ajvOptions(document), inlineRefs: false, code: { optimize: false } });
ajv.addSchema(document, "spec");
const judge = memoize((name: string) => ajv.compile({ $ref: `spec#/components/schemas/${name}` }));
const judged = pairs.map(({ name, value }) => ({ name, value, fits: judge(name)(value) }));

describe("a separately compiled validator", () => {
  it("agrees with Ajv on combined and closed schemas", async () => {
    const files = await targets.get("client")?.(document);
    const { requests }: { requests: Record<string, (value: unknown) => boolean> } = await import(
      `data:text/javascript,${encodeURIComponent(files?.["validators.js"] ?? "")}`
    );
    const differing = judged.filter(({ name, value, fits }) => requests[name]?.(value) !== fits);
    expect(
      differing.map(({ name, value }) => ({ value, schema: schemaOf(document, name) })).slice(0, 3),
    ).toEqual([]);
    // If nearly all or nearly none were refused, the test would prove little.
    const accepted = pairs.filter(({ name, value }) => requests[name]?.(value)).length / pairs.length;
    expect(accepted).toBeGreaterThan(0.15);
    expect(accepted).toBeLessThan(0.85);
    expect(pairs.length).toBeGreaterThan(500);
  });
});

describe("a value that surely fits, judged by the schema alone,", () => {
  it("is valid for Ajv too, and most valid values are recognized", () => {
    const sure = judged.filter(({ name, value }) =>
      surelyFits(document, `/components/schemas/${name}`, value),
    );
    expect(sure.filter(({ fits }) => !fits).slice(0, 3)).toEqual([]);
    expect(sure.length / judged.filter(({ fits }) => fits).length).toBeGreaterThan(0.3);
  });
});

import { describe, expect, it } from "vitest";
import { combine } from "./reference/combine.ts";
import { operations } from "./reference/document.ts";
import { freedoms } from "./reference/freedoms.ts";
import { checkReference } from "./servers.ts";

/**
 * Freedoms that one server can use together. Testing each alone takes too long for a test:
 * `pnpm --filter @dots-payouts/contract sweep seeds` does that, over many seeds.
 */
const together: readonly (readonly string[])[] = [
  [
    "adds fields and headers",
    "adds to values that it returns",
    "leaves out null values when read",
    "answers 201 for a new link",
    "returns null for missing values",
    "fills in every optional field",
    "validates before it checks credentials",
    "returns times in another zone",
    "has a clock with whole seconds",
    "names several schemes",
    "allows more methods",
    "escapes non-ASCII characters",
    "compresses its answers",
  ],
  [
    "drops unknown fields of values that it returns",
    "refuses with 422 and the reasons",
    "answers wrong methods with 404",
    "has a clock that is two minutes late",
    "returns times without a zone",
    "writes IDs in upper case",
    "closes every connection",
    "writes numbers with a fraction",
    "compresses its answers with Brotli",
  ],
  [
    "answers unknown paths with 401",
    "has its own clock",
    "changes state between a request and its replay",
    "returns the time of the replay",
    "limits the rate now and then",
    "refuses bodies above 100 kB",
    "refuses names that are special to JavaScript",
    "refuses values that it can't store",
    "refuses deep nesting",
    "refuses content encodings",
    "names its charset",
    "indents its JSON, and sorts keys differently",
  ],
  [
    "tells all but the first of a race to try again",
    "is slow",
    "writes UUIDs in lower case",
    "sends large answers",
  ],
];

/**
 * One operation with a large body and a key is enough to test a freedom; another one adds nothing. The smallest
 * operation shows how requests are refused.
 */
const most = [
  ...operations
    .filter(({ id }) => id !== "sendPayout" && id !== "createPayoutLink")
    .map(({ id }) => `${id}/`),
  ...["accepts", "answers", "authenticates", "idempotency", "resources", "survives"].map(
    (group) => `createPayoutLink/${group}/`,
  ),
];

describe("a correct server passes", () => {
  it.each(together)("if it %s", async (...names) => {
    const behavior = combine(names.map((name) => freedoms[name]?.() ?? {}));
    // A third of the checks for each group of freedoms; the sweep runs all of them.
    const index = 1 + (together.findIndex(([first]) => first === names[0]) % 3);
    const report = await checkReference(behavior, { seed: 7, only: most, shard: { index, total: 3 } });
    expect(report.passed).toBeGreaterThan(200);
    expect(report.causes).toEqual([]);
    expect(report.failed).toBe(0);
  });

  it("with each listed freedom", () => {
    // A server that uses none is tested with all checks, in another file.
    const listed = ["does only what the spec requires", ...together.flat()];
    expect(listed.toSorted()).toEqual(Object.keys(freedoms).toSorted());
  });

  it("with another seed", async () => {
    const { causes } = await checkReference({}, { seed: 0, only: ["random"] });
    expect(causes).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { combine } from "./reference/combine.ts";
import { operations } from "./reference/document.ts";
import { freedoms } from "./reference/freedoms.ts";
import { startReference } from "./reference/server.ts";
import { checkAt, checkReference } from "./servers.ts";

/**
 * Freedoms that one server can use together. Testing each alone takes too long for a test:
 * `pnpm --filter @dots-payouts/contract sweep seeds` does that, over many seeds.
 */
const together: readonly (readonly string[])[] = [
  ["does only what the spec asks for"],
  [
    "adds fields and headers",
    "adds to what it gives back",
    "leaves out what was null when it is read",
    "answers 201 for a new link",
    "gives null for what is not there",
    "fills in every optional field",
    "validates before it looks at credentials",
    "gives times of another zone",
    "has a clock without parts of a second",
    "names several schemes",
    "allows more methods",
    "escapes whatever is not ASCII",
    "compresses what it answers",
  ],
  [
    "drops unknown fields of what it gives back",
    "refuses with 422 and the reasons",
    "says 404 to wrong methods",
    "has a clock that is two minutes late",
    "gives times without a zone",
    "writes IDs in upper case",
    "ends every connection",
    "writes numbers with a fraction",
    "compresses what it answers with Brotli",
  ],
  [
    "says 401 to unknown paths",
    "has its own clock",
    "moves on between a request and its replay",
    "gives the time of the replay",
    "limits the rate now and then",
    "refuses bodies above 100 kB",
    "refuses names that mean something to JavaScript",
    "refuses what it cannot store",
    "refuses what is nested too deep",
    "refuses content encodings",
    "names its charset",
    "indents its JSON, and orders keys in its own way",
  ],
  [
    "tells all but the first of a race to come back",
    "is slow",
    "writes UUIDs in lower case",
    "gives large answers",
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
    const behaviour = combine(names.map((name) => freedoms[name]?.() ?? {}));
    // Half of the checks for each group of freedoms; the sweep runs all of them.
    const some = {
      only: most,
      shard: { index: 1 + (together.findIndex(([first]) => first === names[0]) % 2), total: 2 },
    };
    const report = await checkReference(behaviour, { seed: 7, ...(names.length === 1 ? {} : some) });
    expect(report.passed).toBeGreaterThan(300);
    expect(report.causes).toEqual([]);
    expect(report.failed).toBe(0);
  });

  it("with each listed freedom", () => {
    expect(together.flat().toSorted()).toEqual(Object.keys(freedoms).toSorted());
  });

  it("with any seed", async () => {
    await using server = await startReference();
    for (let seed = 0; seed < 3; seed += 1) {
      const report = await checkAt(server.url, { seed, only: ["random"] });
      expect(report.causes, `seed ${seed}`).toEqual([]);
    }
  });
});

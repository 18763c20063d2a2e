import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { CATS, sendCat } from "../cats.ts";

/** The API of the cats, where a refused request uses up its key. */
function thrifty(usedByRefusal: boolean) {
  const spec = structuredClone(CATS);
  Object.assign(spec.paths["/cats"].post, { "x-idempotency-key": { at: "/key", usedByRefusal } });
  return spec;
}

let used: Mock;
let unused: Mock;
beforeAll(async () => {
  [used, unused] = await Promise.all([
    startMock({ spec: thrifty(true) }),
    startMock({ spec: thrifty(false) }),
  ]);
});
afterAll(() => Promise.all([used.close(), unused.close()]));

const create = (mock: Mock, value: unknown) => sendCat(mock.url, "POST", "/cats", value);

describe("the key of a refused request", () => {
  it("is used up if the spec says so: the refusal is repeated, and nothing is created", async () => {
    const refused = await create(used, { name: 5, key: "one" });
    expect(refused.status).toBe(422);
    expect(await create(used, { name: "Ada", key: "one" })).toEqual(refused);
    expect(used.requests.at(-1)).toMatchObject({ replayed: true });
    expect((await create(used, { name: "Ada", key: "two" })).status).toBe(201);
    expect(await used.resources()).toHaveLength(1);
  });

  it("keeps its earlier answer", async () => {
    const made = await create(used, { name: "Bea", key: "three" });
    expect((await create(used, { name: 5, key: "three" })).status).toBe(422);
    expect(await create(used, { name: "Bea", key: "three" })).toEqual(made);
  });

  it("is free otherwise", async () => {
    expect((await create(unused, { name: 5, key: "one" })).status).toBe(422);
    expect((await create(unused, { name: "Ada", key: "one" })).status).toBe(201);
  });
});

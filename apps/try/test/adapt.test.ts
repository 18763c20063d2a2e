import { getAt, type Json, type JsonObject, listOperations } from "@dots-payouts/openapi";
import { adapt } from "@dots-payouts/try";
import { describe, expect, it } from "vitest";

const OK = { "200": { description: "Done." } };

function described(paths: JsonObject, more: JsonObject = {}): JsonObject {
  return { openapi: "3.0.3", info: { title: "T", version: "1" }, paths, ...more };
}

/** The schemas of components, as they are adapted. */
function adapted(schemas: JsonObject, paths: JsonObject = {}, openapi = "3.0.3"): Json {
  return (
    getAt(adapt({ ...described(paths, { components: { schemas } }), openapi }), "/components/schemas") ?? null
  );
}

const content = (name: string) => ({
  "application/json": { schema: { $ref: `#/components/schemas/${name}` } },
});
const sent = (name: string) => ({
  "/a": { post: { requestBody: { content: content(name) }, responses: OK } },
});
const received = (name: string) => ({
  "/b": { get: { responses: { "200": { description: "", content: content(name) } } } },
});

describe("names", () => {
  const names = (paths: JsonObject) =>
    listOperations(adapt(described(paths))).map(({ id, client }) => [id, client]);
  const get = (more: JsonObject = {}) => ({ get: { responses: OK, ...more } });

  it("are made of method and path where there is no ID, and none is given twice", () => {
    expect(names({ "/a/b": get(), "/a/{b}": get(), "/": get() })).toEqual([
      ["get-a-b", "api.getAB"],
      ["get-a-b2", "api.getAB2"],
      ["get", "api.get"],
    ]);
  });

  it("are kept where they can be, and changed where they are too much alike or no names", () => {
    const ids = ["a_b", "a-b", "AB", "x/y", "2fa", "数える", "__proto__", "123", "", "Zoo", "Zoo"];
    const paths = Object.fromEntries(ids.map((operationId, index) => [`/${index}`, get({ operationId })]));
    expect(names(paths)).toEqual([
      ["a_b", "api.aB"],
      ["a-b2", "api.aB2"],
      ["AB3", "api.aB3"],
      ["x-y", "api.xY"],
      ["operation-2fa", "api.the2fa"],
      ["get-5", "api.数える"],
      ["proto", "api.proto"],
      ["get-7", "api.the123"],
      ["get-8", "api.get8"],
      ["Zoo", "api.zoo"],
      ["Zoo2", "api.zoo2"],
    ]);
  });

  it("leave the client's names to a description that has them", () => {
    expect(names({ "/a": get({ operationId: "a", "x-client": "things.list" }) })).toEqual([
      ["a", "things.list"],
    ]);
  });

  it("do not take what the client has other uses for", () => {
    const ids = names({
      "/a": get({ tags: ["http"], operationId: "a" }),
      "/b": get({ tags: ["constructor"], operationId: "b" }),
      "/c": get({ tags: ["c"], operationId: "then" }),
    });
    expect(ids.map(([, client]) => client)).toEqual(["http_.a", "constructor_.b", "c.then_"]);
  });
});

describe("servers", () => {
  const servers = (given: JsonObject, base?: string) => getAt(adapt(given, base), "/servers");

  it("are absolute, have a name, and their variables are filled", () => {
    const variables = { region: { default: "eu" } };
    const given = described(
      {},
      { servers: [{ url: "https://{region}.x.test/", variables }, { url: "/v1" }] },
    );
    expect(servers(given, "https://here.test/docs/api.yaml")).toEqual([
      { url: "https://eu.x.test", "x-environment": "server1" },
      { url: "https://here.test/v1", "x-environment": "server2" },
    ]);
  });

  it("are those that all operations name, where the description names none", () => {
    const own = { servers: [{ url: "https://own.test" }], get: { responses: OK } };
    const document = adapt(described({ "/a": own, "/b": own }));
    expect(getAt(document, "/servers/0/url")).toBe("https://own.test");
    expect(getAt(document, "/paths/~1a/servers")).toBeUndefined();
    const mixed = adapt(described({ "/a": own, "/b": { get: { responses: OK } } }));
    expect(getAt(mixed, "/paths/~1a/servers")).toEqual(own.servers);
  });
});

describe("what 3.0 says", () => {
  it("of null is said as 3.1 does, also where 3.1 was meant", () => {
    const given = {
      A: { type: "string", nullable: true, enum: ["a"] },
      B: { nullable: true, allOf: [{ $ref: "#/components/schemas/A" }] },
      C: { type: "integer", minimum: 1, exclusiveMinimum: true, nullable: false },
      D: { type: "object", properties: { nullable: { type: "boolean" } }, example: { nullable: true } },
    };
    expect(adapted(given)).toEqual({
      A: { type: ["string", "null"], enum: ["a", null] },
      B: { anyOf: [{ allOf: [{ $ref: "#/components/schemas/A" }] }, { type: "null" }] },
      C: { type: "integer", exclusiveMinimum: 1 },
      D: given.D,
    });
    expect(adapted({ A: { type: "string", nullable: true } }, {}, "3.1.0")).toEqual({
      A: { type: ["string", "null"] },
    });
  });

  const Base = {
    type: "object",
    required: ["id", "name", "secret"],
    properties: {
      id: { type: "integer", readOnly: true },
      name: {},
      secret: { $ref: "#/components/schemas/Secret" },
    },
  };
  const Secret = { type: "string", writeOnly: true };
  const Child = {
    allOf: [{ $ref: "#/components/schemas/Base" }, { type: "object", required: ["id", "more"] }],
  };

  it.each([
    ["sent", sent("Base"), ["name", "secret"]],
    ["received", received("Base"), ["id", "name"]],
    ["both", { ...sent("Base"), ...received("Base") }, ["name"]],
    ["neither", {}, ["id", "name", "secret"]],
  ])("of properties for one way only holds for that way: %s", (_, paths, required) => {
    expect(adapted({ Base, Secret }, paths)).toMatchObject({ Base: { required } });
  });

  it("of them holds for schemas that are made of others", () => {
    expect(adapted({ Base, Secret, Child }, sent("Child"))).toMatchObject({
      Base: { required: ["name", "secret"] },
      Child: { allOf: [{}, { required: ["more"] }] },
    });
  });
});

it.each([
  ["\\@x\\-\\_", "@x-_"],
  ["^[\\w\\-\\.]+\\:$", "^[\\w\\-\\.]+:$"],
  ["a]{b}", "a\\]\\{b\\}"],
  ["[a-z]{2,3}\\p{2}", "[a-z]{2,3}\\p{2}"],
  ["\\d+/(?=x)", "\\d+/(?=x)"],
  ["(", "("],
  ["\\Ax\\Z", "\\Ax\\Z"],
])("a pattern escapes only what it has to: %s", (pattern, expected) => {
  expect(adapted({ A: { pattern } })).toEqual({ A: { pattern: expected } });
});

it("a path that is a reference is what it refers to", () => {
  const paths = { "/a": { $ref: "#/components/pathItems/A" }, "/b": { $ref: "#/components/pathItems/A" } };
  const components = { pathItems: { A: { get: { responses: OK } } } };
  expect(
    listOperations(adapt({ ...described(paths, { components }), openapi: "3.1.0" })).map(({ id }) => id),
  ).toEqual(["get-a", "get-b"]);
});

it("a pattern in an example is data", () => {
  const A = { example: { pattern: "\\-" }, properties: { b: { enum: [{ pattern: "\\-" }] } } };
  expect(adapted({ A })).toEqual({ A });
});

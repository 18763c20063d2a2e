import { asDocument, type Json, type OpenApiDocument, setAt } from "@dots-payouts/openapi";
import { type Parts, smallSpec, withA } from "../test/small-spec.ts";

/** A manual edit with a known meaning. */
export interface Kind {
  readonly title: string;
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
}

const HEADERS = "/paths/~1things/post/responses/200/headers";
const header = (description: string): Json => ({ description, schema: { type: "string" } });
const parameter = (more: Record<string, Json>): Parts => ({
  operation: { parameters: [{ name: "page", in: "query", schema: { type: "array", items: {} }, ...more }] },
});
const secured = (...scopes: string[]): Parts => ({
  document: {
    security: [{ o: scopes }],
    components: {
      securitySchemes: {
        o: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "https://a.test/t", scopes: { read: "R", write: "W" } } },
        },
      },
    },
  },
});
const served = (url: string): Parts => ({ operation: { servers: [{ url }] } });
const event = (summary: string): Json => ({
  post: {
    summary,
    requestBody: { content: { "application/json": {} } },
    responses: { "200": { description: "Fine." } },
  },
});
const condition = (required: string): Json =>
  JSON.parse(
    `{"type":"object","properties":{"a":{},"b":{},"c":{}},"if":{"required":["a"]},"then":{"required":[${required}]}}`,
  );

/** `request` and `response` have the same schema: what is sent and what is read. */
function schemas(title: string, before: Json, after: Json, more: Record<string, Json> = {}): Kind[] {
  return (["request", "response"] as const).map((side) => ({
    title: `${title}, in a ${side}`,
    before: smallSpec({ [side]: before, document: more }),
    after: smallSpec({ [side]: after, document: more }),
  }));
}

function parts(title: string, before: Parts, after: Parts): Kind {
  return { title, before: smallSpec(before), after: smallSpec(after) };
}

function placed(title: string, pointer: string, before: Json | undefined, after: Json): Kind {
  const empty = smallSpec({});
  const old = before === undefined ? empty : asDocument(setAt(empty, pointer, before));
  return { title, before: old, after: asDocument(setAt(empty, pointer, after)) };
}

export const kinds: readonly Kind[] = [
  parts("an OAuth scope more", secured("read"), secured("read", "write")),
  parts("servers of an operation", served("https://a.test"), served("https://b.test")),
  parts(
    "two schema names swapped",
    {
      request: { $ref: "#/components/schemas/A" },
      components: { A: { type: "string" }, B: { type: "integer" } },
    },
    {
      request: { $ref: "#/components/schemas/B" },
      components: { B: { type: "string" }, A: { type: "integer" } },
    },
  ),
  ...schemas(
    "`dependentRequired` of a property called `title`",
    { dependentRequired: { title: ["a"] } },
    { dependentRequired: { title: ["a", "b"] } },
  ),
  ...schemas(
    "a `const` with a `description` in it",
    withA({ const: { description: "x" } }),
    withA({ const: { description: "y" } }),
  ),
  ...schemas("`nullable` of 3.0", withA({ type: "string" }), withA({ type: "string", nullable: true }), {
    openapi: "3.0.3",
  }),
  ...schemas(
    "`exclusiveMinimum: true` of 3.0 taken away",
    withA({ type: "number", minimum: 0, exclusiveMinimum: true }),
    withA({ type: "number", minimum: 0 }),
    { openapi: "3.0.3" },
  ),
  placed("a header more", `${HEADERS}/X-New`, undefined, header("One.")),
  placed("a typo in a header's description", `${HEADERS}/X-New`, header("One."), header("Two.")),
  parts("a deprecated parameter", parameter({}), parameter({ deprecated: true })),
  parts("`explode` spelled out", parameter({}), parameter({ explode: true })),
  placed("a webhook more", "/webhooks/paid", undefined, event("Paid")),
  placed("a webhook reworded", "/webhooks/paid", event("Paid"), event("It is paid")),
  ...schemas("`readOnly`", withA({ type: "string" }), withA({ type: "string", readOnly: true })),
  ...schemas("a `then` that requires less", condition('"b","c"'), condition('"b"')),
  ...schemas(
    "`exclusiveMinimum: 0` to `minimum: 1` of an integer",
    withA({ type: "integer", exclusiveMinimum: 0 }),
    withA({ type: "integer", minimum: 1 }),
  ),
  ...schemas(
    "`uniqueItems: false`",
    withA({ type: "array", items: {} }),
    withA({ type: "array", items: {}, uniqueItems: false }),
  ),
  ...schemas("`minLength: 0`", withA({ type: "string" }), withA({ type: "string", minLength: 0 })),
  ...schemas(
    "`multipleOf: 4` to `2`",
    withA({ type: "integer", multipleOf: 4 }),
    withA({ type: "integer", multipleOf: 2 }),
  ),
  ...schemas(
    "`enum` to `oneOf` of the same",
    withA({ type: "string", enum: ["x", "y"] }),
    withA({ type: "string", oneOf: [{ const: "x" }, { const: "y" }] }),
  ),
  ...schemas("a required property more", withA({}), withA({}, { required: ["a"] })),
  ...schemas("a value more in an `enum`", withA({ enum: ["x"] }), withA({ enum: ["x", "y"] })),
];

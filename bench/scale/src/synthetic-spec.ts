/** A description with this many operations that passes the linter. Three of the operations share a resource. */
export function syntheticSpec(operations: number): object {
  const resources = Array.from({ length: Math.ceil(operations / 3) }, (_, index) => index + 1);
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: `An API with ${operations} operations`,
      version: "1",
      description: "Made up, to measure with.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "https://things.test/api", description: "Made up.", "x-environment": "production" }],
    security: [{ login: [] }],
    tags: resources.map((number) => ({ name: `Things ${number}`, description: `Things of kind ${number}.` })),
    paths: Object.fromEntries(resources.flatMap(pathsOf)),
    components: {
      securitySchemes: { login: { type: "http", scheme: "basic", description: "Name and password." } },
      responses: {
        Failure: json("The request failed.", "Problem", [{ message: "No." }, { message: "Never." }]),
      },
      schemas: Object.assign(
        { Problem: object({ message: { type: "string", description: "What went wrong." } }, ["message"]) },
        ...resources.map(schemasOf),
      ),
    },
  };
}

const ID = "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51";
const FAILURES = Object.fromEntries(
  ["400", "401", "4XX", "5XX"].map((status) => [status, { $ref: "#/components/responses/Failure" }]),
);

function pathsOf(number: number): [string, object][] {
  const kind = `thing${number}`;
  const tags = [`Things ${number}`];
  const sent = { size: 1, color: "red" };
  const thing = { id: ID, made: "2026-10-31T17:04:12Z", size: 1, color: "red" };
  const page = { data: [thing], next: null };
  const create = {
    operationId: `createThing${number}`,
    "x-client": `things${number}.create`,
    "x-idempotency-key": { at: "/key", lifetime: "PT24H" },
    "x-resource": { kind, does: "create", id: "/id" },
    tags,
    summary: `Create a thing of kind ${number}`,
    description: `Makes a thing of kind ${number}.`,
    requestBody: { required: true, ...json("", `NewThing${number}`, [sent, { ...sent, note: "Mine." }]) },
    responses: {
      "201": {
        ...json("The new thing.", `Thing${number}`, [thing, { ...thing, color: "blue" }]),
        "x-echo": { "/size": "/size", "/color": "/color" },
      },
      ...FAILURES,
    },
  };
  const list = {
    operationId: `listThings${number}`,
    "x-client": `things${number}.list`,
    "x-resource": {
      kind,
      does: "list",
      items: "/data",
      page: { limit: "limit", after: "after", next: "/next" },
    },
    tags,
    summary: `List things of kind ${number}`,
    description: `The things of kind ${number}.`,
    parameters: [
      {
        name: "limit",
        in: "query",
        description: "How many at most.",
        schema: { type: "integer", minimum: 1 },
      },
      { name: "after", in: "query", description: "Where to go on.", schema: { type: "string" } },
    ],
    responses: { "200": json("A page.", `Things${number}`, [page, page]), ...FAILURES },
  };
  const read = {
    operationId: `getThing${number}`,
    "x-client": `things${number}.get`,
    "x-resource": { kind, does: "read", by: "id" },
    tags,
    summary: `Read a thing of kind ${number}`,
    description: `The thing of kind ${number} with an ID.`,
    responses: { "200": json("The thing.", `Thing${number}`, [thing, thing]), ...FAILURES },
  };
  const id = { name: "id", in: "path", required: true, description: "The ID.", schema: { type: "string" } };
  return [
    [`/v1/things-${number}`, { get: list, post: create }],
    [`/v1/things-${number}/{id}`, { parameters: [id], get: read }],
  ];
}

function schemasOf(number: number): object {
  const color = { type: "string", enum: ["red", "green", "blue"], description: "The color." };
  const size = { type: "integer", minimum: 1, description: "How large it is." };
  const note = { type: "string", maxLength: 200, description: "What you think of it." };
  const owner = {
    ...object({ name: { type: "string", description: "The owner's name." } }),
    description: "Whose it is.",
  };
  const id = { type: "string", format: "uuid", "x-generate": "uuid", description: "The ID." };
  const made = { type: "string", format: "date-time", "x-generate": "now", description: "When it was made." };
  const key = { type: ["string", "null"], format: "uuid", description: "The idempotency key." };
  const data = {
    type: "array",
    items: { $ref: `#/components/schemas/Thing${number}` },
    description: "The things.",
  };
  const next = { type: ["string", "null"], description: "Where to go on." };
  return {
    [`NewThing${number}`]: object({ size, color, note, owner, key }, ["size"]),
    [`Thing${number}`]: object({ id, made, size, color, note, owner }, ["id", "made", "size"]),
    [`Things${number}`]: object({ data, next }, ["data", "next"]),
  };
}

function object(properties: object, required: string[] = []): object {
  return { type: "object", description: "What is known of it.", required, properties };
}

function json(description: string, schema: string, examples: readonly object[]): object {
  return {
    ...(description === "" ? {} : { description }),
    content: {
      "application/json": {
        schema: { $ref: `#/components/schemas/${schema}` },
        examples: Object.fromEntries(examples.map((value, index) => [`example${index + 1}`, { value }])),
      },
    },
  };
}

import type { Files } from "@dots-payouts/codegen";
import { targets } from "@dots-payouts/codegen";
import type { OpenApiDocument } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { smallSpec } from "./small-spec.ts";

async function generate(document: OpenApiDocument): Promise<Files> {
  const target = targets.get("client");
  if (target === undefined) throw new Error("there is no client target");
  return target(document);
}

async function file(name: string, changes?: Parameters<typeof smallSpec>[0]): Promise<string> {
  return (await generate(smallSpec(changes)))[name] ?? "";
}

describe("the schema's types", () => {
  it("let a field with a default be left out", async () => {
    const Order = { type: "object", properties: { milk: { type: "boolean", default: false } } };
    expect(await file("schema.ts", { schemas: { Order } })).toContain("milk?: boolean;");
  });

  it("want one of several fields where the spec does", async () => {
    const Order = {
      allOf: [
        { type: "object", properties: { cup: { type: "string" }, pot: { type: "string" } } },
        {
          anyOf: [
            { type: "object", required: ["cup"], properties: { cup: { type: "string" } } },
            { type: "object", required: ["pot"], properties: { pot: { type: "string" } } },
          ],
        },
      ],
    };
    const text = (await file("schema.ts", { schemas: { Order } })).replaceAll(/\s+/g, " ");
    expect(text).toContain("Order: { cup?: string; pot?: string; } & ({ cup: string; } | { pot: string; });");
  });

  it("may require fields of what may be null", async () => {
    const Base = { type: ["object", "null"], properties: { cup: { type: "string" } } };
    const Order = { allOf: [{ $ref: "#/components/schemas/Base" }, { type: "object" }], required: ["cup"] };
    const text = (await file("schema.ts", { schemas: { Base, Order } })).replaceAll(/\s+/g, " ");
    expect(text).toContain('WithRequired<components["schemas"]["Base"], "cup">');
    expect(text).toContain("K extends PropertyKey> = T extends unknown ? T & { [P in K & keyof T]-?: T[P] }");
  });

  it("are not touched by a condition", async () => {
    const Order = { allOf: [{ $ref: "#/components/schemas/Plain" }, { $ref: "#/components/schemas/Rule" }] };
    const Plain = { type: "object", properties: { cup: { type: "string" } } };
    const Rule = { if: { required: ["cup"] }, else: { required: ["size"] } };
    const text = await file("schema.ts", { schemas: { Order, Plain, Rule } });
    expect(text).toContain('Order: components["schemas"]["Plain"] & components["schemas"]["Rule"];');
    expect(text).toContain("Rule: unknown;");
  });

  it("describe a field by what it refers to, or by its own words where it has any", async () => {
    const Order = {
      type: "object",
      properties: {
        size: { $ref: "#/components/schemas/Size" },
        rest: { description: "What is left over.", $ref: "#/components/schemas/Size" },
      },
    };
    const text = (await file("schema.ts", { schemas: { Order } })).replaceAll(/\s+/g, " ");
    expect(text).toContain('/** @description Millilitres. */ size?: components["schemas"]["Size"];');
    expect(text).toContain('/** @description What is left over. */ rest?: components["schemas"]["Size"];');
  });

  it("leave the values of answers open and those of requests closed", async () => {
    const Order = { type: "object", properties: { kind: { type: "string", enum: ["green", "black"] } } };
    const text = await file("schema.ts", { schemas: { Order } });
    expect(text).toContain('kind?: "green" | "black";');
    expect(text).toContain("state?: string;");
    expect(text).toContain("Known values: `hot`, `cold`.");
  });

  it("split a schema that is used both ways and lists values", async () => {
    const Kind = { type: "string", enum: ["green", "black"] };
    const Order = { type: "object", properties: { kind: { $ref: "#/components/schemas/Kind" } } };
    const Cup = { type: "object", properties: { order: { $ref: "#/components/schemas/Order" } } };
    const text = await file("schema.ts", { schemas: { Kind, Order, Cup } });
    expect(text).toContain('Kind: "green" | "black";');
    expect(text).toContain("KindAnswer: string;");
    expect(text).toContain('kind?: components["schemas"]["KindAnswer"];');
    expect(text).toContain('order?: components["schemas"]["OrderAnswer"];');
  });

  it.each([
    ["the names of the schemas", {}, ["Pot", "Cup"]],
    ["a mapping", { mapping: { pot: "#/components/schemas/Pot", cup: "Cup" } }, ["pot", "cup"]],
  ])("tell alternatives apart by %s, in answers too", async (_, mapping, values) => {
    const part = { allOf: [{ $ref: "#/components/schemas/Base" }, { type: "object" }] };
    const Thing = {
      oneOf: [{ $ref: "#/components/schemas/Pot" }, { $ref: "#/components/schemas/Cup" }],
      discriminator: { propertyName: "kind", ...mapping },
    };
    const Base = {
      type: "object",
      required: ["kind"],
      properties: { kind: { type: "string" }, state: { enum: ["hot", "cold"] } },
    };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } };
    const text = await file("schema.ts", {
      operation: { requestBody: { content }, responses: { "200": { description: "Done.", content } } },
      schemas: { Thing, Base, Pot: part, Cup: part },
    });
    expect(text).toContain("ThingAnswer");
    const kinds = [...text.matchAll(/kind: "(\w+)"/g)].map(([, value]) => value);
    expect(new Set(kinds)).toEqual(new Set(values));
    expect(kinds).toHaveLength(4);
  });

  it("refuse a mapping that leads nowhere", async () => {
    const Order = { oneOf: [], discriminator: { propertyName: "kind", mapping: { pot: "Pot" } } };
    await expect(file("schema.ts", { schemas: { Order } })).rejects.toThrow(
      "#/components/schemas/Order/discriminator/mapping/pot: Pot leads nowhere",
    );
  });

  it("keep the one value that tells an alternative from the next", async () => {
    const Cup = { type: "object", properties: { state: { type: "string", enum: ["hot"] } } };
    expect(await file("schema.ts", { schemas: { Cup } })).toContain('state?: "hot";');
  });

  it("know what open values are where only the values say so", async () => {
    const Cup = { type: "object", properties: { state: { enum: ["hot", 1, null] } } };
    expect(await file("schema.ts", { schemas: { Cup } })).toContain("state?: string | number | null;");
  });

  it("keep null among open values", async () => {
    const Cup = { type: "object", properties: { state: { type: ["string", "null"], enum: ["hot", null] } } };
    expect(await file("schema.ts", { schemas: { Cup } })).toContain("state?: string | null;");
  });
});

describe("the named types", () => {
  it("stand for the schemas, with their descriptions", async () => {
    expect(await file("types.ts")).toContain(
      '/** Millilitres. */\nexport type Size = components["schemas"]["Size"];',
    );
  });

  it("have a name of their own each, and none that means something else", async () => {
    const schema = { type: "string" };
    const text = await file("types.ts", {
      schemas: {
        "cup-size": schema,
        CupSize: schema,
        cup_size: schema,
        Partial: schema,
        OrdersResource: schema,
        茶: schema,
      },
    });
    for (const line of [
      'export type CupSize = components["schemas"]["CupSize"];',
      'export type CupSize_ = components["schemas"]["cup-size"];',
      'export type CupSize__ = components["schemas"]["cup_size"];',
      'export type Partial_ = components["schemas"]["Partial"];',
      'export type OrdersResource_ = components["schemas"]["OrdersResource"];',
      'export type 茶 = components["schemas"]["茶"];',
    ]) {
      expect(text).toContain(line);
    }
  });

  it("are called by these names in the methods", async () => {
    const Partial = { type: "object" };
    const text = await file("resources.ts", {
      operation: {
        requestBody: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/Partial" } } },
        },
      },
      schemas: { Partial },
    });
    expect(text).toContain("create(body?: Partial_, options?: CallOptions)");
    expect(text).toContain('import type { Cup, Partial_ } from "./types.ts";');
  });

  it("tell what a refusal may hold", async () => {
    const Problem = { type: "object", properties: { message: { type: "string" } } };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } };
    const text = await file("types.ts", {
      operation: { responses: { "4XX": { description: "Refused.", content } } },
      schemas: { Problem },
    });
    expect(text).toContain("export type ErrorBody = Partial<Problem>;");
  });
});

describe("the known values", () => {
  it("come as a type, an array and a guard, named for the place", async () => {
    const text = await file("values.ts");
    expect(text).toContain('export type CupStateValue = "hot" | "cold";');
    expect(text).toContain('export const cupStateValues: readonly CupStateValue[] = ["hot", "cold"];');
    expect(text).toContain("export function isCupStateValue(value: unknown): value is CupStateValue {");
  });
});

describe("the known values of several places", () => {
  it("are those of all alternatives of one place", async () => {
    const kind = (value: string) => ({ type: "object", properties: { kind: { enum: [value] } } });
    const text = await file("values.ts", { schemas: { Pot: { oneOf: [kind("iron"), kind("glass")] } } });
    expect(text).toContain('export const potKindValues: readonly PotKindValue[] = ["iron", "glass"];');
  });

  it("stay apart where places get the same name, or a type has it", async () => {
    const values = (value: string) => ({ type: "string", enum: [value] });
    const text = await file("values.ts", {
      schemas: {
        Pot: { type: "object", properties: { lid: values("flat") } },
        PotLid: values("round"),
        Leaf: values("green"),
        LeafValue: { type: "integer" },
      },
    });
    expect(text).toContain('export const potLidValues: readonly PotLidValue[] = ["flat"];');
    expect(text).toContain('_Value[] = ["round"];');
    expect(text).toContain('export type Leaf_Value = "green";');
  });
});

describe("the environments", () => {
  it("are the servers that have a name", async () => {
    const text = await file("environments.ts");
    expect(text).toContain('"house": "https://tea.example.com/api"');
    expect(text).toContain("/** Real tea. */");
    expect(text).not.toContain("unnamed");
  });
});

describe("the operations", () => {
  it("say where the idempotency key goes", async () => {
    const text = await file("operations.ts", { operation: { "x-idempotency-key": { at: "/meta/key" } } });
    expect(text).toContain('{ id: "orderTea", method: "POST", path: "/orders", key: ["meta","key"], ');
  });

  it("say how long the idempotency key protects", async () => {
    const operation = { "x-idempotency-key": { at: "/key", lifetime: "PT24H" } };
    expect(await file("operations.ts", { operation })).toContain('key: ["key"], keyLifetime: 86400000, ');
  });

  it("say whether the idempotency key has to be a UUID", async () => {
    const operation = { "x-idempotency-key": { at: "/key" } };
    const order = (format: object) => ({
      Order: { type: "object", properties: { key: { type: "string", ...format } } },
    });
    const text = (format: object) => file("operations.ts", { operation, schemas: order(format) });
    expect(await text({ format: "uuid" })).toContain('key: ["key"], keyIsUuid: true');
    expect(await text({})).not.toContain("keyIsUuid");
  });

  it("say where nothing but integers may be sent, at every depth, and know no end of a schema that holds itself", async () => {
    const properties = {
      cents: { type: ["integer", "null"] },
      share: { type: ["integer", "number"] },
      ratio: { type: "number" },
      next: { $ref: "#/components/schemas/Order" },
      more: { allOf: [{ properties: { count: { $ref: "#/components/schemas/Size" } } }] },
    };
    const text = await file("operations.ts", { schemas: { Order: { type: "object", properties } } });
    expect(text).toContain('integers: [["cents"],["next","cents"],["next","more","count"],["more","count"]]');
  });

  it("say where a success has its ID or its list", async () => {
    const role = (resource: object) =>
      file("operations.ts", { operation: { "x-resource": { kind: "cup", ...resource } } });
    expect(await role({ does: "create", id: "/meta/id" })).toContain('idAt: ["meta","id"]');
    expect(await role({ does: "list", items: "/data" })).toContain('itemsAt: ["data"]');
    expect(await role({ does: "list", items: "" })).toContain("itemsAt: []");
    expect(await role({ does: "remove", by: "id" })).not.toMatch(/idAt: \[|itemsAt: \[/);
  });

  it("say where a success brings no content", async () => {
    const text = await file("operations.ts", {
      operation: { responses: { "204": { description: "Done." } } },
    });
    expect(text).toContain("empty: true");
  });

  it("say where a success brings content at times only", async () => {
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Cup" } } };
    const responses = { "200": { description: "Done.", content }, "202": { description: "Later." } };
    expect(await file("operations.ts", { operation: { responses } })).toContain("empty: false");
    expect(await file("resources.ts", { operation: { responses } })).toContain("ApiCall<Cup | []>");
  });

  it("read what is documented for every status where no success is", async () => {
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Cup" } } };
    const operation = { responses: { default: { description: "Whatever.", content } } };
    expect(await file("operations.ts", { operation })).not.toContain("empty");
    expect(await file("resources.ts", { operation })).toContain("ApiCall<Cup>");
    expect(await file("validators.js", { operation })).toContain('"orderTea 2XX"');
  });

  it("read what is documented for a range of successes, in either case", async () => {
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Cup" } } };
    const operation = { responses: { "2xx": { description: "Done.", content } } };
    expect(await file("resources.ts", { operation })).toContain("ApiCall<Cup>");
    expect(await file("validators.js", { operation })).toContain('"orderTea 2XX"');
  });

  it("do not take what a success brings for the body of a refusal", async () => {
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Cup" } } };
    const operation = { responses: { default: { description: "Whatever.", content } } };
    expect(await file("types.ts", { operation })).toContain("ErrorBody = Partial<Record<string, unknown>>");
  });

  it("say where a success may be a plain value", async () => {
    const content = { "application/json": { schema: { oneOf: [{ type: "integer" }, { type: "object" }] } } };
    const operation = { responses: { "200": { description: "Done.", content } } };
    expect(await file("operations.ts", { operation })).toContain("plain: true");
  });

  it("name the media types where they are not plain JSON", async () => {
    const content = (type: string) => ({ [type]: { schema: { $ref: "#/components/schemas/Cup" } } });
    const text = await file("operations.ts", {
      operation: {
        requestBody: { content: content("application/merge-patch+json") },
        responses: { "200": { description: "Done.", content: content("application/vnd.tea+json; v=2") } },
      },
    });
    expect(text).toContain(
      'headers: {"accept":"application/vnd.tea+json; v=2","content-type":"application/merge-patch+json"}',
    );
  });

  it.each([
    ["text", { "text/csv": {} }, "the client can read JSON only, not text/csv"],
    ["JSON texts one after the other", { "application/json-seq": {} }, "not application/json-seq"],
    ["a text of any kind", { "*/*": { schema: { type: "string" } } }, "*/* may be a text"],
  ])("refuse %s as an answer", async (_, content, reason) => {
    const made = file("resources.ts", {
      operation: { responses: { "200": { description: "Done.", content } } },
    });
    await expect(made).rejects.toThrow(reason);
    await expect(made).rejects.toThrow("#/paths/~1orders/post/responses/200");
  });

  it.each([
    ["a server of its own", { servers: [{ url: "https://other.example.com" }] }, "has its own"],
    [
      "another body than JSON",
      { requestBody: { content: { "text/plain": {} } } },
      "JSON only, not text/plain",
    ],
  ])("refuse %s", async (_, operation, reason) => {
    await expect(file("operations.ts", { operation })).rejects.toThrow(reason);
    await expect(file("operations.ts", { operation })).rejects.toThrow("#/paths/~1orders/post/");
  });

  it("may say that their servers are the document's", async () => {
    const servers = [{ url: "https://tea.example.com/api" }];
    expect(await file("operations.ts", { operation: { servers } })).toContain("orderTea");
  });

  it("do not take the names of what stands around them", async () => {
    for (const operationId of ["call", "query", "operations", "await"]) {
      const text = await file("resources.ts", { operation: { operationId } });
      expect(text).toContain(`create: (body, options) => call(${operationId}_, options, body)`);
    }
  });
});

describe("the login", () => {
  it.each([
    ["HTTP Basic", { type: "http", scheme: "basic" }, ["authorization", "Basic ", 2]],
    ["a token", { type: "http", scheme: "Bearer" }, ["authorization", "Bearer ", 1]],
    ["OAuth 2.0", { type: "oauth2", flows: {} }, ["authorization", "Bearer ", 1]],
    ["a key", { type: "apiKey", in: "header", name: "X-Key" }, ["x-key", "", 1]],
  ])("is the one that all operations take: %s", async (_, scheme, expected) => {
    const text = await file("login.ts", { security: [{ used: [] }], schemes: { used: scheme } });
    const [header, prefix, takes] = expected;
    expect(text).toContain(`: 0 | 1 | 2 = ${takes};`);
    expect(text).toContain(`return { "${header}": "${prefix}" + key };`);
  });

  it("is left out where nothing asks for it", async () => {
    expect(await file("login.ts", { security: [] })).toContain("credentialsNeeded: 0 | 1 | 2 = 0;");
  });

  it("is one of several that are offered", async () => {
    expect(await file("login.ts", { security: [{ token: [], login: [] }, { token: [] }] })).toContain(
      "Bearer",
    );
    expect(await file("login.ts", { security: [{ token: [] }, { login: [] }, {}] })).toContain("Basic");
  });

  it.each([
    [
      "two together",
      [{ login: [], token: [] }],
      "logs in with one header, and this wants HTTP basic with HTTP bearer",
    ],
    ["a key elsewhere", [{ inQuery: [] }], "and this wants key in query"],
    ["a certificate", [{ certificate: [] }], "and this wants certificate"],
  ])("is refused where the client has none: %s", async (_, security, reason) => {
    const schemes = {
      inQuery: { type: "apiKey", in: "query", name: "key" },
      certificate: { type: "mutualTLS" },
    };
    const made = file("login.ts", { security, schemes });
    await expect(made).rejects.toThrow(reason);
    await expect(made).rejects.toThrow("#/paths/~1orders/post");
  });
});

describe("the resources", () => {
  it("have a method with the words of the spec", async () => {
    const text = await file("resources.ts");
    expect(text).toContain("   * Orders a cup. Sizes are in millilitres.\n");
    expect(text).toContain("   * @returns The order.\n");
    expect(text).toContain("  create(body: Order, options?: CallOptions): ApiCall<Cup>;");
  });

  it("take a key among the options only where the operation takes one", async () => {
    const text = await file("resources.ts", { operation: { "x-idempotency-key": { at: "/key" } } });
    expect(text).toContain("create(body: Order, options?: KeyedCallOptions)");
  });

  describe("with parameters", () => {
    const schema = { type: "string" };
    const inPath = { name: "cup-id", in: "path", required: true, schema };
    const at = (name: string) => `operations["orderTea"]["parameters"]["path"]["${name}"]`;
    const QUERY = 'NonNullable<operations["orderTea"]["parameters"]["query"]>';

    it("take those of the path one by one, then the body, then those of the query", async () => {
      const text = await file("resources.ts", {
        path: "/{house}/cups/{cup-id}",
        operation: {
          parameters: [
            { name: "page", in: "query", schema },
            inPath,
            { name: "house", in: "path", required: true, schema },
          ],
        },
      });
      expect(text).toContain(
        `create(house: ${at("house")}, cupId: ${at("cup-id")}, body: Order, query?: ${QUERY}, options?: CallOptions)`,
      );
      expect(text).toContain(
        'create: (house, cupId, body, query, options) => call(orderTea, options, body, () => fillPath(orderTea, { house, "cup-id": cupId }, query)),',
      );
    });

    it("demand a query of which a part is required, and a body that stands before it", async () => {
      const text = await file("resources.ts", {
        operation: {
          requestBody: {
            content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
          },
          parameters: [{ name: "page", in: "query", required: true, schema }],
        },
      });
      expect(text).toContain(`create(body: Order | undefined, query: ${QUERY}, options?: CallOptions)`);
    });

    it("take an argument of their own for each, whatever it is called", async () => {
      const names = ["options", "body", "a-b", "a_b", "class"];
      const text = await file("resources.ts", {
        path: `/${names.map((name) => `{${name}}`).join("/")}`,
        operation: { parameters: names.map((name) => ({ name, in: "path", required: true, schema })) },
      });
      expect(text).toContain("create: (options_, body_, aB, aB_, class_, body, options) =>");
    });

    it("know how lists are written into the query", async () => {
      const list = { type: "array", items: schema };
      const text = await file("operations.ts", {
        operation: {
          parameters: [
            { name: "pairs", in: "query", schema: list },
            { name: "commas", in: "query", explode: false, schema: list },
            { name: "pipes", in: "query", style: "pipeDelimited", schema: list },
            { name: "one", in: "query", explode: false, schema },
          ],
        },
      });
      expect(text).toContain('separators: {"commas":",","pipes":"%7C"}');
    });

    it.each([
      ["a required cookie", { name: "trace", in: "cookie", required: true, schema }, "required in cookie"],
      [
        "a list of objects",
        { name: "by", in: "query", schema: { type: "array", items: { type: "object" } } },
        "lists of lists",
      ],
      ["what has no type", { name: "by", in: "query", schema: {} }, "has to know its type"],
      ["an object", { name: "by", in: "query", schema: { type: "object" } }, "can't write objects"],
      ["a list in a path", { ...inPath, schema: { type: "array" } }, "can't write lists into a path"],
      ["an unknown style", { ...inPath, style: "matrix" }, "does not know the style matrix"],
      ["content without a schema", { name: "q", in: "query", content: {} }, "a schema of its own"],
    ])("refuse %s, saying where and why", async (_, parameter, reason) => {
      const made = file("resources.ts", {
        path: "/cups/{cup-id}",
        operation: { parameters: [inPath, parameter] },
      });
      await expect(made).rejects.toThrow(reason);
      await expect(made).rejects.toThrow("#/paths/~1cups~1{cup-id}/post");
    });

    it("ask for headers among the options where they are required", async () => {
      const text = await file("resources.ts", {
        operation: {
          requestBody: {
            content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
          },
          parameters: [
            { name: "X-Table", in: "header", required: true, schema },
            { name: "Accept", in: "header", required: true, schema },
            { name: "trace", in: "header", schema },
          ],
        },
      });
      expect(text).toContain(
        'create(body: Order | undefined, options: CallOptions & { readonly headers: { readonly "X-Table": string } })',
      );
    });

    it("do not hide the operation that they belong to", async () => {
      const text = await file("resources.ts", {
        path: "/{orderTea}/{fillPath}",
        operation: {
          parameters: ["orderTea", "fillPath"].map((name) => ({ name, in: "path", required: true, schema })),
        },
      });
      expect(text).toContain(
        '(orderTea_, fillPath_, body, options) => call(orderTea, options, body, () => fillPath(orderTea, { "orderTea": orderTea_, "fillPath": fillPath_ }))',
      );
    });

    it.each([
      ["a path with the same parameter twice", "/{id}/{id}", "{id} stands twice"],
      ["a path with a query in it", "/cups?all", "would be cut"],
    ])("refuse %s", async (_, path, reason) => {
      const operation = { parameters: [{ name: "id", in: "path", required: true, schema }] };
      await expect(file("operations.ts", { path, operation })).rejects.toThrow(reason);
    });

    it("refuse a path with a parameter that is not declared", async () => {
      await expect(file("resources.ts", { path: "/cups/{id}" })).rejects.toThrow("id is not declared");
    });
  });

  it.each(["http", "constructor"])("are not called %s, which is something else", async (resource) => {
    await expect(file("resources.ts", { operation: { "x-client": `${resource}.create` } })).rejects.toThrow(
      "#/paths/~1orders/post/x-client",
    );
  });

  it("leave out an operation without a name for the client", async () => {
    expect(await file("resources.ts", { operation: { "x-client": null } })).not.toContain("orderTea");
  });

  it("cannot be ended early by a comment in the spec", async () => {
    const text = await file("resources.ts", { operation: { description: "Takes */* for an answer." } });
    expect(text).toContain("Takes *\\/* for an answer.");
  });
});

describe("dots-codegen", () => {
  it("makes the same files from the same bundle", async () => {
    expect(await generate(smallSpec())).toEqual(await generate(smallSpec()));
  });
});

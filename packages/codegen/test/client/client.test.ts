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
    const text = await file("operations.ts", { operation: { "x-idempotency-key": "/meta/key" } });
    expect(text).toContain('{ id: "orderTea", method: "POST", path: "/orders", key: ["meta","key"] }');
  });

  it("say where a success brings no content", async () => {
    const text = await file("operations.ts", {
      operation: { responses: { "204": { description: "Done." } } },
    });
    expect(text).toContain("empty: true");
  });

  it("are refused where the client could not log in", async () => {
    await expect(file("operations.ts", { operation: { security: [{ token: [] }] } })).rejects.toThrow(
      "#/paths/~1orders/post: the client can log in with HTTP Basic only",
    );
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
    const text = await file("resources.ts", { operation: { "x-idempotency-key": "/key" } });
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
      ["a required header", { name: "trace", in: "header", required: true, schema }, "required in header"],
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

    it("refuse a path with a parameter that is not declared", async () => {
      await expect(file("resources.ts", { path: "/cups/{id}" })).rejects.toThrow("id is not declared");
    });
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

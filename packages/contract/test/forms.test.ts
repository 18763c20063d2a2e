import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { listen } from "./reference/listen.ts";

const FORM = "application/x-www-form-urlencoded";

const fields = {
  type: "object",
  required: ["amount"],
  additionalProperties: false,
  properties: {
    amount: { type: "integer", minimum: 1 },
    note: { type: ["string", "null"], maxLength: 3 },
    tags: { type: "array", items: { type: "string", enum: ["a", "b"] } },
    to: { type: "object", required: ["id"], properties: { id: { type: "string", pattern: "^\\d{3}$" } } },
  },
};

const filter = {
  type: "object",
  additionalProperties: false,
  properties: { from: { type: "string", pattern: "^\\d{4}$" }, size: { type: "integer" } },
};

const responses = {
  "200": { description: "Done.", content: { "application/json": { schema: { type: "object" } } } },
  "422": { description: "Not done." },
};

const spec = {
  openapi: "3.1.0",
  info: { title: "Forms", version: "1" },
  paths: {
    "/orders": {
      post: {
        operationId: "order",
        requestBody: {
          required: true,
          content: {
            [FORM]: {
              schema: fields,
              encoding: { to: { style: "deepObject" } },
              examples: { right: { value: { amount: 5 } }, wrong: { value: { amount: "five" } } },
            },
          },
        },
        responses,
      },
      put: {
        operationId: "note",
        requestBody: {
          required: true,
          content: { [FORM]: { schema: { type: "object", properties: { note: { type: "string" } } } } },
        },
        responses,
      },
      patch: {
        operationId: "change",
        requestBody: { content: { [FORM]: { schema: { type: "object", ...of("number") } } } },
        responses,
      },
      get: {
        operationId: "list",
        parameters: [
          { name: "filter", in: "query", style: "deepObject", schema: filter },
          { name: "page", in: "query", required: true, schema: { type: "object", ...of("number") } },
        ],
        responses,
      },
    },
  },
};

function of(name: string) {
  return { required: [name], properties: { [name]: { type: "integer", minimum: 1 } } };
}

type Rule = (form: URLSearchParams) => boolean;

const integer = (text: string | null): boolean => /^-?\d+$/.test(text ?? "");
const RULES = {
  amount: (form) => integer(form.get("amount")) && Number(form.get("amount")) >= 1,
  note: (form) => [...(form.get("note") ?? "")].length <= 3,
  tags: (form) => form.getAll("tags").every((tag) => ["a", "b"].includes(tag)),
  to: (form) => /^\d{3}$/.test(form.get("to[id]") ?? "123"),
  names: (form) => [...form.keys()].every((name) => ["amount", "note", "tags", "to[id]"].includes(name)),
} satisfies Record<string, Rule>;

const QUERY_RULES = {
  page: (query) => integer(query.get("number")) && Number(query.get("number")) >= 1,
  from: (query) => /^\d{4}$/.test(query.get("filter[from]") ?? "2026"),
  size: (query) => integer(query.get("filter[size]") ?? "1"),
  names: (query) => [...query.keys()].every((name) => /^(number|filter\[(from|size)\])$/.test(name)),
} satisfies Record<string, Rule>;

/** Runs the suite against a server whose forms and queries follow these rules. */
async function failures(rules: readonly Rule[], queryRules: readonly Rule[]) {
  const types = new Set<string>();
  await using server = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://server.test");
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const type = (request.headers["content-type"] ?? "").split(";")[0] ?? "";
    types.add(type);
    const isOrder = request.method === "POST";
    const keeps =
      request.method === "PUT"
        ? type === FORM && text !== "" && new URLSearchParams(text).getAll("note").length < 2
        : request.method === "PATCH"
          ? text === "" || (type === FORM && QUERY_RULES.page(new URLSearchParams(text)))
          : isOrder
            ? type === FORM && rules.every((rule) => rule(new URLSearchParams(text)))
            : queryRules.every((rule) => rule(searchParams));
    const isThere = pathname === "/orders" && ["POST", "PUT", "PATCH", "GET"].includes(request.method ?? "");
    response.writeHead(isThere ? (keeps ? 200 : 422) : pathname === "/orders" ? 405 : 404, {
      "content-type": "application/json",
      allow: "GET, POST, PUT, PATCH",
    });
    response.end("{}");
  });
  const report = await runContract({ url: server.url, spec, seed: 1, quick: true });
  const failed = report.checks.filter(({ status }) => status !== "passed").map(({ id }) => id);
  return { report, failed, types };
}

describe("forms and objects in a query", () => {
  it("are sent in many ways, and a correct server passes", async () => {
    const { report, failed, types } = await failures(Object.values(RULES), Object.values(QUERY_RULES));
    expect(failed).toEqual([]);
    expect(types).toContain(FORM);
    const ids = report.checks.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        "order/accepts/example-right",
        "order/accepts/random",
        "order/refuses/amount-left-out",
        "order/refuses/an-unknown-property-in-the-body",
        "order/refuses/content-type-application-json",
        "note/accepts/smallest-1",
        "list/accepts/query-filter",
        "list/refuses/query-filter-size-contract-suite",
      ]),
    );
    // A value that does not fit its own schema is not a promise.
    expect(ids).not.toContain("order/accepts/example-wrong");
  });

  it("make a server fail for each rule if it accepts anything", async () => {
    const { failed } = await failures([], []);
    const places = ["amount-left-out", "amount-", "note-", "tags-", "to-", "an-unknown-property", "random"];
    for (const place of places) {
      expect(failed.filter((id) => id.startsWith(`order/refuses/${place}`))).not.toEqual([]);
    }
    for (const place of ["page-number", "filter-from", "filter-size", "filter-contract"]) {
      expect(failed.filter((id) => id.startsWith(`list/refuses/query-${place}`))).not.toEqual([]);
    }
  });

  it("make a server fail that refuses every form, or every filter", async () => {
    const { failed } = await failures([() => false], [(query) => !query.has("filter[size]")]);
    expect(failed).toContain("order/accepts/smallest-1");
    expect(failed).toContain("list/accepts/query-filter");
  });
});

import { asDocument, type Json, listOperations, parameterValues } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const LIST = { type: "array", items: { type: "integer" } };
const PAIR = { type: "object", properties: { a: { type: "integer" }, b: { type: "string" } } };

interface Sent {
  readonly path?: string;
  readonly query?: string;
  readonly header?: string;
}

function read(parameter: Record<string, Json>, { path, query = "", header }: Sent): readonly Json[] {
  const parameters = [{ name: "p", ...parameter }];
  const document = asDocument({ openapi: "3.1.0", paths: { "/{p}": { get: { parameters } } } });
  const [found] = listOperations(document)[0]?.parameters ?? [];
  if (found === undefined) throw new Error("one parameter was expected");
  return parameterValues(
    document,
    found,
  )({ path: path === undefined ? {} : { p: path }, query, header: () => header });
}

describe("parameterValues", () => {
  it.each<[string, Record<string, Json>, Sent, readonly Json[]]>([
    ["nothing", { in: "query", schema: LIST }, { query: "q=1" }, []],
    ["a number or a text", { in: "query", schema: { type: "integer" } }, { query: "p=5" }, [5, "5"]],
    [
      "text where a number is expected",
      { in: "query", schema: { type: "integer" } },
      { query: "p=5a" },
      ["5a"],
    ],
    ["a number as JSON writes it", { in: "query", schema: { type: "number" } }, { query: "p=05" }, ["05"]],
    ["true", { in: "query", schema: { type: "boolean" } }, { query: "p=true" }, [true, "true"]],
    ["an encoded text", { in: "query", schema: { type: "string" } }, { query: "p=a%2Cb+c" }, ["a,b c"]],
    [
      "a text whose schema says what it would be as an object",
      { in: "query", schema: { ...PAIR, type: "string" } },
      { query: "p=x" },
      ["x"],
    ],
    ["an empty text", { in: "query", schema: { type: "string" } }, { query: "p=" }, [""]],
    [
      "a value that is sent twice",
      { in: "query", schema: { type: "string" } },
      { query: "p=1&p=2" },
      [["1", "2"]],
    ],
    [
      "a list",
      { in: "query", schema: LIST },
      { query: "p=1&p=2" },
      [
        [1, 2],
        ["1", "2"],
      ],
    ],
    [
      "a list in one value",
      { in: "query", explode: false, schema: LIST },
      { query: "p=1,2" },
      [
        [1, 2],
        ["1", "2"],
      ],
    ],
    [
      "a list with spaces",
      { in: "query", style: "spaceDelimited", schema: LIST },
      { query: "p=1%202" },
      [
        [1, 2],
        ["1", "2"],
      ],
    ],
    [
      "a list with pipes",
      { in: "query", style: "pipeDelimited", schema: LIST },
      { query: "p=1|2" },
      [
        [1, 2],
        ["1", "2"],
      ],
    ],
    [
      "an object",
      { in: "query", schema: PAIR },
      { query: "a=1&b=2&c=3" },
      [
        { a: 1, b: "2" },
        { a: "1", b: "2" },
      ],
    ],
    [
      "a deep object",
      { in: "query", style: "deepObject", schema: PAIR },
      { query: "p%5Ba%5D=1&p[b]=x" },
      [
        { a: 1, b: "x" },
        { a: "1", b: "x" },
      ],
    ],
    [
      "JSON",
      { in: "query", content: { "application/json": {} } },
      { query: "p=%7B%22a%22:1%7D" },
      [{ a: 1 }],
    ],
    ["a part of a path", { in: "path", schema: { type: "string" } }, { path: "a%20b+c" }, ["a b+c"]],
    ["a label", { in: "path", style: "label", schema: { type: "integer" } }, { path: ".5" }, [5, "5"]],
    [
      "a matrix",
      { in: "path", style: "matrix", explode: true, schema: LIST },
      { path: ";p=1;p=2" },
      [
        [1, 2],
        ["1", "2"],
      ],
    ],
    [
      "a list in a path",
      { in: "path", schema: LIST },
      { path: "1,2" },
      [
        [1, 2],
        ["1", "2"],
      ],
    ],
    [
      "an object in a path",
      { in: "path", schema: PAIR },
      { path: "a,1,b,x" },
      [
        { a: 1, b: "x" },
        { a: "1", b: "x" },
      ],
    ],
    [
      "a header",
      { in: "header", schema: LIST },
      { header: "1, 2" },
      [
        [1, 2],
        ["1", "2"],
      ],
    ],
    [
      "an object in a header",
      { in: "header", explode: true, schema: PAIR },
      { header: "a=1, b=x" },
      [
        { a: 1, b: "x" },
        { a: "1", b: "x" },
      ],
    ],
    ["a cookie", { in: "cookie", schema: { type: "integer" } }, { header: "o=1; p=2" }, [2, "2"]],
  ])("reads %s", (_, parameter, sent, expected) => {
    expect(read(parameter, sent)).toEqual(expected);
  });
});

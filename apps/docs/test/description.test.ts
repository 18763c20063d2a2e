import { asDocument, listEvents, listLifeCycles, listOperations } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { readDescription } from "../src/describe/description.ts";
import { fieldList } from "../src/describe/field-list.ts";
import { createMarkdown } from "../src/markdown/create-markdown.ts";
import { eventPages } from "../src/pages/events.ts";
import { statePages } from "../src/pages/states.ts";
import { readSite } from "../src/site/site.ts";
import { bodyFields } from "../src/try/form-field.ts";
import { bundle } from "./support/bundle.ts";

const COLORS = "Which color:\n\n- `red`: like\n  a rose.\n- `blue`: like the sea.\n\nNo other.";
const document = asDocument({
  openapi: "3.1.0",
  paths: {},
  components: {
    schemas: { Paint: { type: "object", properties: { color: { type: "string", description: COLORS } } } },
  },
});
const schema = "/components/schemas/Paint";

describe("a list in a description", () => {
  it("is separated from the text before and after it", () => {
    expect(readDescription(COLORS)).toEqual({
      before: "Which color:",
      items: ["`red`: like a rose.", "`blue`: like the sea."],
      after: "No other.",
    });
    expect(readDescription("One\ntext.\n\nAnd more.").before).toBe("One text. And more.");
  });

  it("is shown as a list on the page, after its introduction", () => {
    const html = createMarkdown().render(fieldList(document, schema));
    expect(html).toMatch(/No other\. Which color:\s*<ul>\s*<li><code>red<\/code>: like a rose\.<\/li>/);
    expect(html.match(/<li>/g)).toHaveLength(3);
    expect(html).not.toContain("<p>");
  });

  it("is shown as lines in the console", () => {
    expect(bodyFields(document, schema)[0]?.description).toBe(
      "Which color:\n• red: like a rose.\n• blue: like the sea.\nNo other.",
    );
  });
});

describe("pages about states and events", () => {
  const site = readSite(
    bundle,
    listOperations(bundle),
    { url: "http://site.test/", repository: undefined },
    new Map(),
  );

  it("describe each state, and what a move creates", () => {
    const pages = statePages(site);
    expect(pages).toHaveLength(listLifeCycles(bundle).length);
    for (const page of pages) expect(page.markdown).toContain("## What the states mean");
    const text = pages[0]?.markdown ?? "";
    expect(text).toContain("- `claimed`: a user took it");
    expect(text).toMatch(
      /`payOut`.*\n.*A \[transfer\]\(\S+\) is created, in `pending`, with `type` `payout`\./,
    );
  });

  it("start with a table of contents, and list shared fields once", () => {
    const text = eventPages(site)[0]?.markdown ?? "";
    const contents = text.slice(0, text.indexOf("\n## "));
    for (const { name } of listEvents(bundle)) expect(contents).toContain(`- [\`${name}\`](#`);
    const lists = text.split(/^## /m).map((part) =>
      part
        .split("\n")
        .filter((line) => /^ *- \*\*/.test(line))
        .join("\n"),
    );
    const long = lists.filter((list) => list !== "");
    expect(new Set(long).size).toBe(long.length);
  });
});

describe("the fields of recursive schemas", () => {
  const names = Array.from({ length: 12 }, (_, index) => `part${index}`);

  it("are listed once inside themselves, however many schemas are recursive", () => {
    const Rule = {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, { $ref: "#/components/schemas/Rule" }])),
    };
    const list = fieldList(
      asDocument({ openapi: "3.1.0", paths: {}, components: { schemas: { Rule } } }),
      "/components/schemas/Rule",
    );
    expect(list.split("\n").filter((line) => line.includes("`"))).toHaveLength(names.length);
  });

  it("end if each schema refers to all others", () => {
    const properties = Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]),
    );
    const schemas = Object.fromEntries(names.map((name) => [name, { type: "object", properties }]));
    const list = fieldList(
      asDocument({ openapi: "3.1.0", paths: {}, components: { schemas } }),
      "/components/schemas/part0",
    );
    expect(list.length).toBeLessThan(1_000_000);
  });
});

it("have what every alternative says about a field: that it is required, and its only values", () => {
  const Change = {
    oneOf: ["add", "drop"].map((action) => ({
      type: "object",
      required: ["action", action],
      properties: { action: { const: action }, [action]: { type: "string" } },
    })),
  };
  const list = fieldList(
    asDocument({ openapi: "3.1.0", paths: {}, components: { schemas: { Change } } }),
    "/components/schemas/Change",
  );
  expect(list).toMatch(/\*\*`action`\*\* \*\w+\*, \*\*required\*\*\s+One of `add`, `drop`\./);
  expect(list.match(/\*\*required\*\*/g)).toHaveLength(1);
});

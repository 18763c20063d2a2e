import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { asDocument, listOperations } from "@dots-payouts/openapi";
import hljs from "highlight.js/lib/core";
import { expect, it } from "vitest";
import { createHighlighter, isHighlighted } from "../src/markdown/highlight-code.ts";
import { writtenPages } from "../src/pages/written.ts";
import { listSamples } from "../src/samples/list-samples.ts";

const spec = fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));
const document = asDocument(JSON.parse(readFileSync(spec, "utf8")));

it("highlights the lines of samples and guides as it would highlight the whole", () => {
  const samples = listOperations(document)
    .flatMap((operation) => listSamples(document, operation))
    .flatMap(({ codes }) => codes);
  const written = writtenPages().flatMap(({ markdown }) =>
    [...markdown.matchAll(/^```(\w+).*\n([\s\S]*?)\n```$/gm)].map(([, language = "", code = ""]) => ({
      language,
      code,
    })),
  );
  const blocks = [...samples, ...written].filter(({ language }) => isHighlighted(language));
  expect(new Set(blocks.map(({ language }) => language)).size).toBeGreaterThan(4);
  const color = createHighlighter();
  for (const { language, code } of blocks) {
    expect(color(code, language)).toBe(hljs.highlight(code, { language }).value);
  }
});

it("highlights a text over several lines as one", () => {
  const code = "const a = `one\ntwo\nthree`;\n/* four\nfive */\nconst b = 6;";
  expect(createHighlighter()(code, "ts")).toBe(hljs.highlight(code, { language: "ts" }).value);
});

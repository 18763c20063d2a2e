import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { targets } from "@dots-payouts/codegen";
import { asDocument } from "@dots-payouts/openapi";
import { expect, it } from "vitest";

const source = fileURLToPath(new URL("../../src/", import.meta.url));
const read = (file: string): string => readFileSync(source + file, "utf8");

/** The names in the statements that export or import what comes from a path. */
function namesOf(statement: "export" | "import", from: string, text: string): string[] {
  const lists = text.matchAll(new RegExp(`^${statement} (?:type )?\\{([^}]*)\\} from "(?:${from})`, "gm"));
  return [...lists].flatMap(([, list = ""]) =>
    list.split(",").map((name) => name.replace("type ", "").trim()),
  );
}

it("no schema takes the name of a type of the client", async () => {
  const generated = readdirSync(`${source}generated`)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => read(`generated/${file}`))
    .filter((text) => text.includes(`} from "./schema.ts"`));
  const names = new Set(
    [
      ...["index.ts", "functions/index.ts"].flatMap((file) =>
        namesOf("export", "\\./(?!generated)|\\.\\./(?!generated)", read(file)),
      ),
      ...generated.flatMap((text) => namesOf("import", "\\.\\./", text)),
    ].filter((name) => /^[A-Z]/.test(name)),
  );
  expect(names).toContain("Account");
  const schemas = [...names].map((name) => [
    name,
    { type: "object", properties: { id: { type: "string" } } },
  ]);
  const document = asDocument({
    openapi: "3.1.0",
    info: { title: "Names", version: "1" },
    paths: {},
    components: { schemas: Object.fromEntries(schemas) },
  });

  const { "schema.ts": types } = (await targets.get("types")?.(document)) ?? {};
  const declared = [...(types ?? "").matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  expect(declared).toContain("Account_");
  expect(declared.filter((name) => names.has(name ?? ""))).toEqual([]);
});

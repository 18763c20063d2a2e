import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { describe, expect, it } from "vitest";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

interface Size {
  readonly text: string;
  /** What a browser loads before the first call, minified and compressed, in bytes. */
  readonly loaded: number;
  /** The same with what is loaded on demand only. */
  readonly whole: number;
}

/** Bundles a program for the browser as its author would. */
async function measure(program: string): Promise<Size> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: FOLDER, sourcefile: "program.js" },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out",
    write: false,
    metafile: true,
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]),
  );
  const total = (names: readonly string[]): number =>
    [...sizes].reduce(
      (sum, [path, size]) => (names.some((name) => path.endsWith(name)) ? sum + size : sum),
      0,
    );
  const text = outputFiles.map((file) => file.text).join("\n");
  return { text, loaded: total(staticOutputs(metafile)), whole: total(Object.keys(metafile.outputs)) };
}

/** The files that the program imports before it runs. */
function staticOutputs({ outputs }: Metafile): string[] {
  const reached = new Set(
    Object.keys(outputs).filter((name) => outputs[name]?.entryPoint !== undefined && name.includes("stdin")),
  );
  for (const name of reached) {
    for (const { kind, path } of outputs[name]?.imports ?? [])
      if (kind === "import-statement") reached.add(path);
  }
  return [...reached];
}

const CALL = `
  import { Dots } from "@dots-payouts/client";
  const dots = new Dots({ environment: "sandbox", clientId: "id", apiKey: "key" });
  console.log(await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } }));
`;

describe("a program with one call", () => {
  it("loads 9,250 bytes at most", async () => {
    const size = await measure(CALL);
    console.log("one call:", size.loaded, "with all that is loaded on demand:", size.whole);
    expect(size.loaded).toBeGreaterThan(1_000);
    expect(size.loaded).toBeLessThanOrEqual(9_250);
  });

  it("holds nothing of other operations, when it calls a function", async () => {
    const size = await measure(`
      import { createClient, createPayoutLink } from "@dots-payouts/client/functions";
      const api = createClient({ environment: "sandbox", clientId: "id", apiKey: "key" });
      console.log(await createPayoutLink(api, { amount: 1000, delivery: { method: "link" } }));
    `);
    console.log("one call of a function:", size.loaded);
    expect(size.loaded).toBeLessThanOrEqual(7_650);
    const ids = ["createPayoutLink", "sendPayout", "createPayoutRequest"];
    const held = (text: string): string[] => ids.filter((id) => text.includes(`"${id}"`));
    expect(held((await measure(CALL)).text)).toEqual(ids);
    expect(held(size.text)).toEqual(["createPayoutLink"]);
    expect(size.whole).toBe(size.loaded);
  });

  it("holds nothing of webhooks, which have their own entry", async () => {
    const mark = "dots-payouts/client/WebhookError";
    const hooks = await measure(`
      import { webhookHandler } from "@dots-payouts/client/webhooks";
      console.log(webhookHandler({ secret: "whsec_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", onEvent: console.log }));
    `);
    console.log("webhooks:", hooks.loaded);
    expect(hooks.text).toContain(mark);
    expect(hooks.text).not.toContain("createPayoutLink");
    expect(hooks.loaded).toBeLessThanOrEqual(8_150);
    expect((await measure(CALL)).text).not.toContain(mark);
  });

  it("loads the validators only when it asks for them", async () => {
    const checked = CALL.replace('"key" }', '"key", validation: validation() }').replace(
      "import",
      'import { validation } from "@dots-payouts/client/validation";\n  import',
    );
    const size = await measure(checked);
    console.log("one validated call:", size.loaded, "with all that is loaded on demand:", size.whole);
    expect(size.loaded).toBeGreaterThan((await measure(CALL)).loaded);
  });
});

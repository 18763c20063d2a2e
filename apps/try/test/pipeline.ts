import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Outcome, openSource, STEPS, type TryOptions, trySpec } from "@dots-payouts/try";
import { expect } from "vitest";

/** By its file: on Windows the command of this name is a script, which cannot be started without a shell. */
const TSC = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

/** What a pipeline has made, while it is there. */
export interface Made {
  /** A client that calls `baseUrl`. */
  client(baseUrl: string): Promise<Client>;
  /** A mock of the description. */
  mock(): Promise<Mock>;
  /** Compiles a program that uses the client's types. @throws Error with what the compiler says */
  compile(program: string): void;
  /** The text of a file of the docs. */
  readonly folder: string;
}

/** A client as a caller without types sees it. */
type Client = Readonly<Record<string, Readonly<Record<string, Method>>>> & { readonly http: Http };

type Method = (...given: readonly unknown[]) => Promise<unknown>;
type Http = Readonly<Record<"GET" | "POST", (path: string, init?: object) => Promise<{ data?: unknown }>>>;

interface Mock extends AsyncDisposable {
  readonly url: string;
}

/** Runs steps of the pipeline on one of the small descriptions, or on that of a URL, and looks at what they have made. */
export async function run(
  name: string,
  {
    steps = STEPS,
    look,
  }: { readonly steps?: TryOptions["steps"]; readonly look?: (made: Made) => Promise<void> } = {},
): Promise<Record<string, Outcome>> {
  const isUrl = name.startsWith("http:");
  const file = isUrl ? name : fileURLToPath(new URL(`./specs/${name}.yaml`, import.meta.url));
  const outcomes = await trySpec(await openSource(file), {
    steps,
    ...(look === undefined ? {} : { look: (folder) => look(made(folder)) }),
  });
  expect(outcomes.map(({ step }) => step)).toEqual(steps);
  return Object.fromEntries(outcomes.map((outcome) => [outcome.step, outcome]));
}

/** The outcomes of steps that do not work. */
export function misfits(outcomes: Readonly<Record<string, Outcome>>): Outcome[] {
  return Object.values(outcomes).filter(({ result }) => result !== "works");
}

function made(folder: string): Made {
  const load = (path: string) => import(pathToFileURL(join(folder, path)).href);
  return {
    folder,
    async client(baseUrl) {
      const { Dots } = await load("packages/client/dist/index.mjs");
      return new Dots({ baseUrl, clientId: "id", apiKey: "key", maxRetries: 0 });
    },
    async mock() {
      const { startMock } = await load("packages/mock/dist/index.mjs");
      return startMock({ port: 0 });
    },
    compile(program) {
      const client = join(folder, "packages/client");
      writeFileSync(join(client, "src/program.ts"), `import { Dots } from "./index.ts";\n${program}`);
      const options = { noUnusedLocals: false };
      const settings = { extends: "../../tsconfig.base.json", include: ["src"], compilerOptions: options };
      writeFileSync(join(client, "tsconfig.json"), JSON.stringify(settings));
      const { status, stdout } = spawnSync(process.execPath, [TSC], { cwd: client, encoding: "utf8" });
      if (status !== 0) throw new Error(stdout);
    },
  };
}

/** A request as it came over the wire. */
interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server that gives the answers in the order of its list, and what it was sent. */
export async function startServer(answers: readonly { status: number; body?: string }[]) {
  const seen: Seen[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    const answer = left.shift() ?? { status: 500 };
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { createServer, type Server } from "node:http";
import { type Mock, startMock } from "@dots-payouts/mock";
import { asDocument, formatPointer, getAt, type Json, listOperations, setAt } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { httpCollection } from "../../src/samples/http-collection.ts";
import { listSamples } from "../../src/samples/list-samples.ts";
import { withoutKeyPlace } from "../../src/samples/sample-key.ts";
import { MOCK_URL } from "../../src/samples/sample-request.ts";
import { listen } from "../../src/server/listen.ts";
import { bundle } from "../support/bundle.ts";
import { CodeFolder, execute } from "../support/run-code.ts";
import { isInstalled, runSamples, type SampleRun } from "../support/run-samples.ts";

const LABELS = ["curl", "TypeScript", "fetch", "Python", "Go"];
const hasGo = isInstalled("go", "version");
// Go first compiles its standard library, which takes half a minute of CPU time. So `pnpm test:full` runs the
// samples, and `pnpm test` only checks them with `gofmt`.
const runnable: Readonly<Record<string, boolean>> = {
  Python: isInstalled("python3", "--version"),
  Go: hasGo && inject("full"),
};
const installed = LABELS.filter((label) => runnable[label] ?? true);
const operations = listOperations(bundle);
const samples = operations.flatMap((operation) =>
  listSamples(bundle, operation).map((sample) => ({ operation, ...sample })),
);
type Sample = (typeof samples)[number];

function codeOf(sample: Sample | undefined, label: string): string {
  return sample?.codes.find((code) => code.label === label)?.code ?? "";
}

/** Compiling takes long, so only one sample per compiled language is run. */
function runIn(label: string): Sample[] {
  return label === "Go" ? samples.slice(0, 1) : samples;
}

/** The query parameters that lead from one page of a list to the next. */
const CURSORS = operations.flatMap(({ resource }) =>
  resource?.does === "list" ? [resource.page.after?.parameter, resource.page.before?.parameter] : [],
);

function asksForMore(path: string): boolean {
  const names = [...new URLSearchParams(path.split("?")[1]).keys()];
  return names.some((name) => CURSORS.includes(name));
}

/** The client has its own option for the time limit. */
const hasLimit = (label: string) => label !== "TypeScript";

/** The code with a limit of a fraction of its seconds. */
function withShortLimit(code: string): string {
  return code.replace(/\b30(?:_000)?(?= \*|\)|,| \\)/, (time) => (time === "30" ? "1" : "300"));
}

describe("the code samples", () => {
  let mock: Mock;
  let folder: CodeFolder;

  beforeAll(async () => {
    mock = await startMock({ port: 0, spec: bundle });
    folder = await CodeFolder.create();
  });

  afterAll(async () => {
    await mock?.close();
    await folder?.remove();
  });

  it("exist for every operation in every language", () => {
    expect(new Set(samples.map(({ operation }) => operation.id)).size).toBe(operations.length);
    for (const { codes } of samples) expect(codes.map(({ label }) => label)).toEqual(LABELS);
  });

  it.runIf(hasGo)("are formatted like gofmt does", async () => {
    const files: string[] = [];
    for (const [index, sample] of samples.entries())
      files.push(await folder.write(`check-${index}.go`, codeOf(sample, "Go")));
    expect(await execute("gofmt", ["-d", ...files])).toBe("");
  });

  /** The ID of an existing resource, for samples that need one. */
  async function resourceFor({ operation: { resource } }: Sample): Promise<string | undefined> {
    if (resource === undefined || !("by" in resource)) return undefined;
    const ask = async (sample: Sample | undefined): Promise<Json> => {
      const { method = "", path = "", body } = sample?.request ?? {};
      const response = await fetch(mock.url + path, {
        method,
        headers: { Authorization: `Basic ${btoa("client-id:api-key")}`, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(withoutKeyPlace(body)) }),
      });
      return response.json();
    };
    const about = samples.filter(({ operation }) => operation.resource?.kind === resource.kind);
    const creates = about.find(({ operation }) => operation.resource?.does === "create");
    if (creates?.operation.resource?.does === "create") {
      return String(getAt(await ask(creates), creates.operation.resource.id));
    }
    const lists = about.find(({ operation }) => operation.resource?.does === "list");
    if (lists?.operation.resource?.does !== "list") return undefined;
    const { items, page } = lists.operation.resource;
    const id = getAt(await ask(lists), `${items}/0${page.after?.from ?? "/id"}`);
    return typeof id === "string" ? id : undefined;
  }

  // Each language runs all of its samples in one process: to start one takes longer than to run a sample.
  describe.each(installed)("in %s", (label) => {
    const run: Sample[] = [];
    let results: SampleRun[];
    let received: Mock["requests"];
    let impatient: SampleRun[];
    const redirected = { asked: 0, followed: 0 };
    const servers: Server[] = [];

    async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
      const server = createServer(answer);
      servers.push(server);
      return `http://127.0.0.1:${await listen(server, 0, "127.0.0.1")}`;
    }

    beforeAll(async () => {
      const codes: string[] = [];
      for (const sample of runIn(label)) {
        const [documented] = sample.request.parameters;
        const id = await resourceFor(sample);
        // A sample about a resource only runs if the mock has the resource.
        if (documented !== undefined && id === undefined) continue;
        const code = codeOf(sample, label).replaceAll(MOCK_URL, mock.url);
        codes.push(documented === undefined ? code : code.replaceAll(documented, id ?? ""));
        run.push(sample);
      }
      const again = codes[run.findIndex(({ request }) => request.takesKey)] ?? "";
      const elsewhere = await serve((_request, response) => {
        redirected.followed += 1;
        response.setHeader("Content-Type", "application/json");
        response.end("{}");
      });
      const redirecting = await serve((_request, response) => {
        redirected.asked += 1;
        response.writeHead(302, { Location: `${elsewhere}/` }).end();
      });
      const silent = await serve(() => undefined);
      const [first] = samples;
      const toRedirect = codeOf(first, label).replaceAll(MOCK_URL, redirecting);
      const toSilence = withShortLimit(codeOf(first, label)).replaceAll(MOCK_URL, silent);
      const before = mock.requests.length;
      const all = [...codes, again, toRedirect, ...(hasLimit(label) ? [toSilence] : [])];
      const printed = await runSamples(folder, label, all);
      results = printed.slice(0, codes.length + 2);
      impatient = printed.slice(codes.length + 2);
      // A loop over a list also requests the other pages.
      received = mock.requests.slice(before).filter(({ path }) => !asksForMore(path));
    });

    afterAll(() => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    });

    it("send each request as documented, and print the response", () => {
      expect(received).toHaveLength(run.length + 1);
      for (const [index, { operation, request }] of run.entries()) {
        const { body = "", status, answer } = received[index] ?? {};
        expect(status, answer?.body).toBeLessThan(300);
        expect(results[index]?.isFailed).toBe(false);
        const { resource } = operation;
        const items =
          resource?.does === "list" ? getAt(JSON.parse(answer?.body ?? "null"), resource.items) : [{}];
        // A loop over no items prints nothing.
        const isEmpty = label === "TypeScript" && Array.isArray(items) && items.length === 0;
        if (!isEmpty) expect(results[index]?.printed).toMatch(/\b(id|data)['"]?: ?/);
        if (request.body === undefined) continue;
        const at = operation.idempotencyKey?.pointer ?? "/none";
        const key = getAt(JSON.parse(body), at);
        if (request.takesKey)
          expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
        const documented = request.takesKey ? setAt(request.body, at, key ?? "") : request.body;
        expect(JSON.parse(body)).toEqual(documented);
      }
    });

    it("make a new idempotency key each time, and say that it must be kept", () => {
      const index = run.findIndex(({ request }) => request.takesKey);
      const sample = run[index];
      expect(codeOf(sample, label)).toMatch(/Keep this key/);
      const keys = [received[index], received.at(-1)].map((request) =>
        getAt(JSON.parse(request?.body ?? ""), sample?.operation.idempotencyKey?.pointer ?? ""),
      );
      expect(keys.every((key) => typeof key === "string")).toBe(true);
      expect(new Set(keys).size).toBe(2);
    });

    it("do not follow redirects", () => {
      // curl prints the response and exits with 0, whatever the status.
      expect(results.at(-1)?.isFailed).toBe(label !== "curl");
      expect(redirected).toEqual({ asked: 1, followed: 0 });
    });

    if (hasLimit(label))
      it("have a time limit", () => {
        const code = codeOf(samples[0], label);
        expect(withShortLimit(code)).not.toBe(code);
        expect(impatient).toEqual([expect.objectContaining({ isFailed: true })]);
      });
  });

  it("contain no key that a reader could copy", () => {
    const keys = operations.flatMap(({ idempotencyKey, requestBody }) =>
      (requestBody?.content ?? []).flatMap(({ examples }) =>
        examples.flatMap(({ value }) => getAt(value, idempotencyKey?.pointer ?? "/none") ?? []),
      ),
    );
    expect(keys).not.toEqual([]);
    const texts = samples.flatMap(({ codes }) => codes.map(({ code }) => code)).join("\n");
    for (const key of keys) expect(texts + httpCollection(bundle, operations)).not.toContain(key);
  });

  it("in Go support backticks in a body", () => {
    const [path = ""] = Object.keys(bundle["paths"] ?? {});
    const content = formatPointer(["paths", path, "post", "requestBody", "content", "application/json"]);
    const odd = setAt(bundle, `${content}/examples`, { odd: { value: { text: "`it's` \\" } } });
    const [operation] = listOperations(asDocument(odd));
    const [sample] = operation === undefined ? [] : listSamples(bundle, operation);
    const code = sample?.codes.find(({ label }) => label === "Go")?.code;
    expect(code).toContain('"text": "` + "`" + `it\'s` + "`" + ` \\\\",');
  });
});

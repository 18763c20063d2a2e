import { createServer, type Server } from "node:http";
import { type Mock, startMock } from "@dots-payouts/mock";
import { asDocument, formatPointer, getAt, type Json, listOperations, setAt } from "@dots-payouts/openapi";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { httpCollection } from "../../src/samples/http-collection.ts";
import { listSamples } from "../../src/samples/list-samples.ts";
import { withoutKeyPlace } from "../../src/samples/sample-key.ts";
import { MOCK_URL } from "../../src/samples/sample-request.ts";
import { listen } from "../../src/server/listen.ts";
import { bundle } from "../support/bundle.ts";
import { CodeFolder, execute } from "../support/run-code.ts";
import { isInstalled, runSamples } from "../support/run-samples.ts";

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

  it("compile", async () => {
    for (const [index, sample] of samples.entries()) {
      await folder.write(`check-${index}.mts`, codeOf(sample, "TypeScript"));
    }
    expect(await folder.typeErrors()).toBe("");
  });

  it.runIf(hasGo)("are formatted like gofmt does", async () => {
    for (const [index, sample] of samples.entries()) {
      const file = await folder.write(`check-${index}.go`, codeOf(sample, "Go"));
      expect(await execute("gofmt", ["-d", file])).toBe("");
    }
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

  it.each(installed)("in %s send each request as documented, and print the response", async (label) => {
    const chosen = runIn(label);
    const codes: string[] = [];
    const run: Sample[] = [];
    for (const sample of chosen) {
      const [documented] = sample.request.parameters;
      const id = await resourceFor(sample);
      // A sample about a resource only runs if the mock has the resource.
      if (documented !== undefined && id === undefined) continue;
      const code = codeOf(sample, label).replaceAll(MOCK_URL, mock.url);
      codes.push(documented === undefined ? code : code.replaceAll(documented, id ?? ""));
      run.push(sample);
    }
    const before = mock.requests.length;
    const printed = await runSamples(folder, label, codes);
    // A loop over a list also requests the other pages.
    const received = mock.requests.slice(before).filter(({ path }) => !asksForMore(path));
    expect(received).toHaveLength(run.length);
    for (const [index, { operation, request }] of run.entries()) {
      const { body = "", status, answer } = received[index] ?? {};
      expect(status, answer?.body).toBeLessThan(300);
      const { resource } = operation;
      const items =
        resource?.does === "list" ? getAt(JSON.parse(answer?.body ?? "null"), resource.items) : [{}];
      // A loop over no items prints nothing.
      const isEmpty = label === "TypeScript" && Array.isArray(items) && items.length === 0;
      if (!isEmpty) expect(printed[index]).toMatch(/\b(id|data)['"]?: ?/);
      if (request.body === undefined) continue;
      const at = operation.idempotencyKey?.pointer ?? "/none";
      const key = getAt(JSON.parse(body), at);
      if (request.takesKey)
        expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      const documented = request.takesKey ? setAt(request.body, at, key ?? "") : request.body;
      expect(JSON.parse(body)).toEqual(documented);
    }
  });

  it.each(installed)(
    "in %s make a new idempotency key each time, and say that it must be kept",
    async (label) => {
      const sample = samples.find(({ request }) => request.takesKey);
      const code = codeOf(sample, label);
      expect(code).toMatch(/Keep this key/);
      const before = mock.requests.length;
      await runSamples(
        folder,
        label,
        [code, code].map((each) => each.replaceAll(MOCK_URL, mock.url)),
      );
      const keys = mock.requests
        .slice(before)
        .map(({ body }) => getAt(JSON.parse(body ?? ""), sample?.operation.idempotencyKey?.pointer ?? ""));
      expect(new Set(keys).size).toBe(2);
    },
  );

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
});

describe("a code sample", () => {
  const servers: Server[] = [];
  let folder: CodeFolder;

  beforeAll(async () => {
    folder = await CodeFolder.create();
  });

  afterAll(() => folder?.remove());

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    return `http://127.0.0.1:${await listen(server, 0, "127.0.0.1")}`;
  }

  it.each(installed)("in %s does not follow redirects", async (label) => {
    let followed = 0;
    const elsewhere = await serve((_request, response) => {
      followed += 1;
      response.setHeader("Content-Type", "application/json");
      response.end("{}");
    });
    let asked = 0;
    const server = await serve((_request, response) => {
      asked += 1;
      response.writeHead(302, { Location: `${elsewhere}/` }).end();
    });
    const code = codeOf(samples[0], label).replaceAll(MOCK_URL, server);
    const run = runSamples(folder, label, [code]);
    // curl prints the response and exits with 0, whatever the status.
    if (label === "curl") await run;
    else await expect(run).rejects.toThrow();
    expect(asked).toBe(1);
    expect(followed).toBe(0);
  });

  // The client has its own option for the time limit.
  it.each(installed.filter((label) => label !== "TypeScript"))("in %s has a time limit", async (label) => {
    const server = await serve(() => undefined);
    const original = codeOf(samples[0], label);
    const impatient = original.replace(/\b30(?:_000)?(?= \*|\)|,| \\)/, (time) =>
      time === "30" ? "1" : "300",
    );
    expect(impatient).not.toBe(original);
    await expect(runSamples(folder, label, [impatient.replaceAll(MOCK_URL, server)])).rejects.toThrow();
  });

  it("in Go supports backticks in a body", async () => {
    const [path = ""] = Object.keys(bundle["paths"] ?? {});
    const content = formatPointer(["paths", path, "post", "requestBody", "content", "application/json"]);
    const odd = setAt(bundle, `${content}/examples`, { odd: { value: { text: "`it's` \\" } } });
    const [operation] = listOperations(asDocument(odd));
    const [sample] = operation === undefined ? [] : listSamples(bundle, operation);
    const code = sample?.codes.find(({ label }) => label === "Go")?.code;
    expect(code).toContain('"text": "` + "`" + `it\'s` + "`" + ` \\\\",');
  });
});

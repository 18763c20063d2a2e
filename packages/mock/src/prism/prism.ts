import { isJson, memoize, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";
import { isFraming, jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { type Reason, Refusal, refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";
import type { Choice } from "../wishes/prefer.ts";
import { documentPart } from "./document-part.ts";

/** A request in Prism's form. */
interface PrismRequest {
  readonly operation: Operation;
  readonly request: MockRequest;
  /** The path without a server's base path. */
  readonly path: string;
  /** Parsed if it is JSON, otherwise the text; `undefined` if there is none. */
  readonly body: unknown;
}

/** Checks requests and makes up answers. The mock uses it for everything that it does not do itself. */
export interface Prism {
  /** @throws Refusal if the request is not valid, or there is no such answer. */
  answer(request: PrismRequest, choice: Choice | undefined): Promise<MockAnswer>;
}

/** Prism takes most of a second to load, so it is loaded with the first request that needs it. */
export function lazyPrism(document: OpenApiDocument, seed: number | undefined): Prism {
  let loading: Promise<Prism> | undefined;
  return {
    async answer(request, choice) {
      loading ??= loadPrism(document, seed);
      return (await loading).answer(request, choice);
    },
  };
}

async function loadPrism(document: OpenApiDocument, seed: number | undefined): Promise<Prism> {
  const { createInstance, createLogger, getHttpOperationsFromSpec, ProblemJsonError } = await import(
    "./prism-engine.ts"
  );
  // Prism's run time grows faster than its input, and it tries one operation after the other, so it only gets those of
  // one path. It modifies the document.
  const operationsOf = memoize(async (template: string) => {
    const operations = await getHttpOperationsFromSpec(structuredClone(documentPart(document, template)));
    // Parameters and JSON were already checked. Prism would judge some of them differently: it divides binary
    // fractions, so that 19.99 is no multiple of 0.01, and it treats what every object inherits as its own property.
    for (const { request } of operations) {
      for (const content of request?.body?.contents ?? [])
        if (isJson(content.mediaType)) delete content.schema;
      for (const place of ["path", "query", "headers", "cookie"] as const) delete request?.[place];
    }
    return operations;
  });
  const base = {
    checkSecurity: false,
    validateRequest: true,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    isProxy: false as const,
  };
  const instance = createInstance(
    { ...base, mock: { dynamic: false } },
    { logger: createLogger("mock", { level: "silent" }) },
  );

  return {
    async answer({ operation, request, path, body }, choice) {
      // Not the method of the request: HEAD is answered like GET.
      const method = METHODS.get(operation.method);
      if (method === undefined) throw refuse(405, "method", `${operation.method} is not served here.`);
      const accept = header(request, "accept");
      // A new object for each request: Prism stores the first Accept header that it sees in its configuration.
      const mock = {
        dynamic: choice?.dynamic ?? false,
        ...(choice?.code === undefined ? {} : { code: choice.code }),
        ...(choice?.example === undefined ? {} : { exampleKey: choice.example }),
        ...(seed === undefined ? {} : { seed: String(seed) }),
        ...(accept === undefined ? {} : { mediaTypes: accept.split(",").map((type) => type.trim()) }),
      };
      const operations = await operationsOf(operation.path);
      const result = await instance.request(
        { method, url: { path }, headers: headersOf(request, body), body },
        operations,
        { ...base, mock },
      )();
      if (result._tag === "Left") {
        const status = result.left instanceof ProblemJsonError ? result.left.status : 500;
        throw refuse(
          status,
          "prism",
          result.left instanceof ProblemJsonError ? result.left.detail : result.left.message,
        );
      }
      const { output, validations } = result.right;
      const broken = validations.input.filter(({ severity }) => Number(severity) === 0);
      if (broken.length > 0) throw refused(broken, output.statusCode);
      return toAnswer(output);
    },
  };
}

/** The headers for Prism: it fails on an unknown content type, even without content. */
function headersOf(request: MockRequest, body: unknown): Record<string, string> {
  const { "content-type": type, ...others } = single(request);
  return body === undefined || type === undefined ? others : { ...others, "content-type": type };
}

type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

const METHODS: ReadonlyMap<string, Method> = new Map([
  ["GET", "get"],
  ["PUT", "put"],
  ["POST", "post"],
  ["DELETE", "delete"],
  ["OPTIONS", "options"],
  ["HEAD", "head"],
  ["PATCH", "patch"],
  ["TRACE", "trace"],
]);

/** What Prism finds wrong with a request. */
interface PrismFinding {
  readonly path?: readonly string[];
  readonly code?: string | number;
  readonly message: string;
}

function refused(findings: readonly PrismFinding[], status: number): Refusal {
  const reasons = findings.map(({ path = [], code = "invalid", message }): Reason => {
    const inBody = path[0] === "body" ? path.slice(1) : [];
    return { path: inBody.map((token) => `/${token}`).join(""), code: String(code), message };
  });
  return new Refusal(
    status,
    `The request is not valid: ${reasons.map(({ message }) => message).join("; ")}.`,
    reasons,
  );
}

function toAnswer(output: {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}): MockAnswer {
  const { statusCode: status, body } = output;
  // A description may have examples of transport headers, which belong to other answers. Prism uses `null` for a header
  // without a value.
  const entries = Object.entries(output.headers ?? {}).flatMap(([name, value]): [string, string][] =>
    isFraming(name) || value === null || value === undefined ? [] : [[name.toLowerCase(), String(value)]],
  );
  const headers = Object.fromEntries(entries);
  if (body === undefined) return { status, headers, body: "" };
  const type = headers["content-type"];
  if (typeof body === "string" && type !== undefined && !isJson(type)) return { status, headers, body };
  return jsonAnswer(status, body, headers);
}

function single(request: MockRequest): Record<string, string> {
  return Object.fromEntries(Object.keys(request.headers).map((name) => [name, header(request, name) ?? ""]));
}

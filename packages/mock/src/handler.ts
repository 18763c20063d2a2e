import type { Json, Operation } from "@dots-payouts/openapi";
import type { Api } from "./api.ts";
import type { CompiledOperation } from "./compiled-operation.ts";
import { authenticate, type Credentials } from "./credentials.ts";
import { asReason, explain } from "./explain.ts";
import { fittingAnswer } from "./fitting-answer.ts";
import type { FreshValues } from "./fresh-values.ts";
import { decodeBody, parseJson } from "./json-body.ts";
import { accepts, covers, essence, isJson, parameter } from "./media-type.ts";
import { header, jsonAnswer, type MockAnswer, type MockRequest } from "./message.ts";
import type { PlannedAnswer, PlannedAnswers } from "./planned-answers.ts";
import type { Choice } from "./prefer.ts";
import type { Prism } from "./prism.ts";
import { Refusal, refuse } from "./refusal.ts";
import { valueAt } from "./resource.ts";
import { createdBy, resourceAnswer } from "./resource-answer.ts";
import type { Match } from "./routes.ts";
import type { Store } from "./store.ts";

/** What the answers depend on besides the request. */
export interface Backing {
  readonly api: Api;
  readonly prism: Prism;
  readonly store: Store;
  readonly fresh: FreshValues;
  readonly credentials: Credentials | undefined;
  readonly planned: PlannedAnswers;
}

/** What was learnt of a request on the way to its answer; filled in as far as it came. */
export interface Trace {
  operation?: string;
  /** The operation that refuses the request, if it does. */
  refusedBy?: Operation;
  body?: string;
  /** Ordered in advance for this request. */
  planned?: PlannedAnswer;
}

/**
 * Answers a request as the spec has it.
 * @throws Refusal when it is not carried out.
 */
export async function handle(
  backing: Backing,
  request: MockRequest,
  choice: Choice | undefined,
  trace: Trace,
): Promise<MockAnswer> {
  const match = findRoute(backing.api, request);
  if (request.method === "OPTIONS" && !match.route.operations.has("OPTIONS")) {
    return { status: 204, headers: { allow: match.route.allow }, body: "" };
  }
  const compiled = match.route.operations.get(request.method);
  if (compiled === undefined) {
    throw refuse(405, "method", `${request.method} is not served here. What is: ${match.route.allow}.`, {
      allow: match.route.allow,
    });
  }
  const { operation, success } = compiled;
  trace.operation = operation.id;
  trace.refusedBy = operation;
  const planned = backing.planned.take(operation.id);
  if (planned !== undefined) trace.planned = planned;
  if (planned?.status !== undefined) return plannedAnswer(planned, planned.status);
  const client = authenticate(operation, request, backing.credentials);
  requireAcceptable(compiled, request);
  const type = header(request, "content-type");
  if (type !== undefined) requireMediaType(compiled, type);
  requireNoEncoding(request);

  const text = operation.requestBody === undefined ? "" : decodeBody(await request.readBody());
  trace.body = text;
  const body = readBody(compiled, text, type);
  if (body !== undefined) validate(backing.api, compiled, body);

  const checkedByPrism = (): Promise<MockAnswer> => {
    const content = body ?? (text === "" ? undefined : text);
    return backing.prism.answer(
      { request, template: operation.path, path: match.path, body: content },
      choice,
    );
  };
  const about = (documented: MockAnswer): Promise<MockAnswer> =>
    resourceAnswer(backing.store.resources, {
      compiled,
      client,
      request,
      path: match.path,
      body,
      documented,
    });
  if (choice !== undefined) return checkedByPrism();
  if (success === undefined || !accepts(header(request, "accept"), success.mediaType)) {
    return about(fittingAnswer(backing.api, compiled, await checkedByPrism()));
  }
  const documented = compiled.unusual ? await checkedByPrism() : undefined;
  const sent = body ?? null;
  if (operation.resource !== undefined && operation.resource.does !== "create") {
    return about(documented ?? jsonAnswer(success.status, success.create(sent, backing.fresh)));
  }
  const key = keyOf(compiled, client, sent);
  const first = key === undefined ? undefined : await backing.store.find(key);
  if (first !== undefined) return first;
  const resource = success.create(sent, backing.fresh);
  const answer = {
    status: success.status,
    headers: { "content-type": success.mediaType },
    body: JSON.stringify(resource),
  };
  const created = createdBy(compiled, client, resource);
  if (key !== undefined) return backing.store.keep(key, answer, created);
  if (created !== undefined) await backing.store.resources.add(created);
  return answer;
}

function plannedAnswer({ headers, body }: PlannedAnswer, status: number): MockAnswer {
  if (status === 204 || status === 304) return { status, headers: { ...headers }, body: "" };
  return jsonAnswer(status, body ?? { message: "This answer was ordered in advance." }, headers);
}

function findRoute(api: Api, { target }: MockRequest): Match {
  if (target.length > 8_192) throw refuse(414, "target", "The path is longer than 8192 characters.");
  const end = target.indexOf("?");
  const whole = end === -1 ? target : target.slice(0, end);
  const match = api.routes.match(whole.startsWith("/") ? whole : whole.replace(/^https?:\/\/[^/]*/i, ""));
  if (match === undefined) throw refuse(404, "path", `Nothing is served at ${whole}.`);
  return match;
}

/** Refuses (406) a request that no content of its operation's responses would satisfy. */
function requireAcceptable({ answerTypes }: CompiledOperation, request: MockRequest): void {
  const accept = header(request, "accept");
  if (accept === undefined || answerTypes.length === 0) return;
  if (answerTypes.some((type) => accepts(accept, type))) return;
  throw refuse(406, "accept", `${accept} is not served here. What is: ${answerTypes.join(", ")}.`);
}

function requireMediaType({ operation }: CompiledOperation, type: string): void {
  const declared = operation.requestBody?.content ?? [];
  const name = essence(type);
  const charset = parameter(type, "charset");
  if (declared.length > 0 && !declared.some((media) => covers(media.type, name))) {
    const types = declared.map((media) => media.type).join(", ");
    throw refuse(415, "content-type", `A body of type ${name || "''"} is not taken. What is: ${types}.`, {
      accept: types,
    });
  }
  if (charset !== undefined && isJson(name) && !["utf-8", "utf8", "us-ascii"].includes(charset)) {
    throw refuse(415, "charset", `JSON has to be sent in UTF-8, not in ${charset}.`);
  }
}

function requireNoEncoding(request: MockRequest): void {
  const encoding = header(request, "content-encoding");
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  throw refuse(415, "content-encoding", `A body that is encoded (${encoding}) is not taken.`, {
    "accept-encoding": "identity",
  });
}

/** The JSON that was sent; `undefined` for no body, and for content that Prism has to read. */
function readBody(
  { operation }: CompiledOperation,
  text: string,
  type: string | undefined,
): Json | undefined {
  const { requestBody } = operation;
  if (requestBody === undefined) return undefined;
  if (text === "") {
    if (requestBody.required) throw refuse(400, "required", "The request has no body, and needs one.");
    return undefined;
  }
  if (type === undefined) {
    const types = requestBody.content.map((media) => media.type).join(", ");
    throw refuse(415, "content-type", `The body has no content type. What is taken: ${types}.`, {
      accept: types,
    });
  }
  return isJson(type) ? parseJson(text) : undefined;
}

function validate({ schemas, place }: Api, compiled: CompiledOperation, body: Json): void {
  if (compiled.bodySchema === undefined || schemas.at(compiled.bodySchema)(body)) return;
  const findings = explain(place(compiled.bodySchema), body);
  const told = findings.slice(0, 5).map(({ text }) => text);
  const more = findings.length > told.length ? `; and ${findings.length - told.length} more` : "";
  throw new Refusal(
    compiled.refusal,
    `The request is not valid: ${told.join("; ")}${more}.`,
    findings.map(asReason),
  );
}

/** Under what a request's answer is kept: one client's key for one operation. */
function keyOf({ operation, key }: CompiledOperation, client: string, sent: Json): string | undefined {
  const value = key === undefined ? undefined : valueAt(sent, key);
  return value === undefined || value === null ? undefined : JSON.stringify([operation.id, client, value]);
}

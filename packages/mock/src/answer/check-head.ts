import { accepts, covers, essence, isJson, parameter } from "@dots-payouts/openapi";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { Match } from "../spec/routes.ts";
import type { Api } from "../spec/served-spec.ts";
import { jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";
import type { PlannedAnswer } from "../wishes/planned-answers.ts";
import type { Backing, Trace } from "./context.ts";
import { authenticate } from "./credentials.ts";

/** A request whose head is in order. */
export interface Head {
  readonly compiled: CompiledOperation;
  /** Who sends it. */
  readonly client: string;
  /** The path below the server's base path. */
  readonly path: string;
  /** The content type of the body. */
  readonly type: string | undefined;
}

/**
 * Everything that can be known of a request before its body has come; or its answer, where that is enough for it.
 * @throws Refusal when it is not carried out.
 */
export function checkHead(backing: Backing, request: MockRequest, trace: Trace): Head | MockAnswer {
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
  const { operation } = compiled;
  trace.operation = operation.id;
  trace.refusedBy = compiled;
  const planned = backing.planned.take(operation.id);
  if (planned !== undefined) trace.planned = planned;
  if (planned?.status !== undefined) return plannedAnswer(planned, planned.status);
  const client = authenticate(operation, request, backing.credentials);
  requireAcceptable(compiled, request);
  const type = header(request, "content-type");
  if (type !== undefined) requireMediaType(compiled, type);
  requireNoEncoding(request);
  return { compiled, client, path: match.path, type };
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
  if (declared.length > 0 && !declared.some((media) => covers(media.type, name))) {
    const types = declared.map((media) => media.type).join(", ");
    throw refuse(415, "content-type", `A body of type ${name || "''"} is not taken. What is: ${types}.`, {
      accept: types,
    });
  }
  const charset = parameter(type, "charset");
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

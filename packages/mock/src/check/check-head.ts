import { accepts, covers, essence, isForm, isJson, parameter } from "@dots-payouts/openapi";
import { authenticate, type Credentials } from "../caller/credentials.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";
import { checkParameters } from "./check-parameters.ts";
import type { FoundOperation } from "./find-operation.ts";

/** A request whose head is valid. */
export interface Head extends FoundOperation {
  readonly request: MockRequest;
  /** Who sends it. */
  readonly client: string;
  /** The content type of the body. */
  readonly type: string | undefined;
}

/**
 * Checks everything about a request to an operation that is known before its body arrives.
 * @throws Refusal if it is not carried out.
 */
export function checkHead(
  spec: ServedSpec,
  { compiled, path }: FoundOperation,
  request: MockRequest,
  credentials: Credentials | undefined,
): Head {
  const client = authenticate(compiled.operation, request, credentials);
  requireAcceptable(compiled, request);
  const type = header(request, "content-type");
  if (type !== undefined) {
    requireMediaType(compiled, type);
    requireReadable(compiled, type);
  }
  requireNoEncoding(request);
  checkParameters(spec, compiled, path, request);
  return { compiled, path, request, client, type };
}

/** Refuses (406) a request that no content of its operation's responses would satisfy. */
function requireAcceptable({ answerTypes }: CompiledOperation, request: MockRequest): void {
  const accept = header(request, "accept");
  if (accept === undefined || answerTypes.length === 0) return;
  if (answerTypes.some((type) => accepts(accept, type))) return;
  throw refuse(406, "accept", `${accept} is not available here. Available: ${answerTypes.join(", ")}.`);
}

function requireMediaType({ operation }: CompiledOperation, type: string): void {
  const declared = operation.requestBody?.content ?? [];
  // The usual case. A type with parameters needs a closer look.
  if (declared.some((media) => media.type === type) && !type.includes(";")) return;
  const name = essence(type);
  if (declared.length > 0 && !declared.some((media) => covers(media.type, name))) {
    const types = declared.map((media) => media.type).join(", ");
    throw refuse(415, "content-type", `A body of type ${name || "''"} is not accepted. Accepted: ${types}.`, {
      accept: types,
    });
  }
  const charset = parameter(type, "charset");
  if (charset !== undefined && isJson(name) && !["utf-8", "utf8", "us-ascii"].includes(charset)) {
    throw refuse(415, "charset", `JSON has to be sent in UTF-8, not in ${charset}.`);
  }
}

/** Refuses (501) a body that can't be checked at all: accepting it would prove nothing about the API. */
function requireReadable({ operation }: CompiledOperation, type: string): void {
  // The usual case.
  if (type === "application/json") return;
  if (operation.requestBody === undefined || isJson(type) || isForm(type) || /^text\//i.test(type)) return;
  const place = `#${operation.pointer}/requestBody`;
  throw refuse(501, "content-type", `A body of type ${essence(type)} is not read by the mock: ${place}.`);
}

function requireNoEncoding(request: MockRequest): void {
  const encoding = header(request, "content-encoding");
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  throw refuse(415, "content-encoding", `An encoded body (${encoding}) is not accepted.`, {
    "accept-encoding": "identity",
  });
}

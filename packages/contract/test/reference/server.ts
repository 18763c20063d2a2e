import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isObject, type Json, type JsonObject, type Operation } from "@dots-payouts/openapi";
import type { ErrorObject } from "ajv/dist/2020.js";
import { operations, parameterErrors, validatorOf } from "./document.ts";
import { type Listening, listen } from "./listen.ts";
import { makeResource } from "./resource.ts";
import { type Found, keep, lookUp, parametersIn, type Resources } from "./resources.ts";

export const USERNAME = "client_5d1f";
export const PASSWORD = "sk_test_2b7e151628aed2a6";
/** Another account that the server knows. */
export const SECOND_USERNAME = "client_c04a";
export const SECOND_PASSWORD = "sk_test_7d1e60f93b52c8a4";

/** What is known about a request while it is handled. */
export interface Handling {
  readonly operation: Operation;
  readonly request: IncomingMessage;
  readonly raw: Buffer;
  /** The account whose keys count. */
  account?: string;
  /** The parsed body; absent before it is parsed. */
  body?: Json;
  /** How it ended. */
  kind?: "created" | "replayed" | "refused" | "unauthorized" | "read";
  /** How many resources exist. */
  readonly made: () => number;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  /** JSON, or text that is sent unchanged. */
  body: Json | Buffer;
}

/** Other possible replies: a connection that is cut, or no answer at all. */
export type Outcome = Reply | "cut" | "hang";

/**
 * The points at which a fault, or a freedom that the spec leaves, changes the server. Without any, the server is
 * correct.
 */
export interface Behavior {
  /** `right` says whether the credentials are valid. */
  authorized?(right: boolean, pair: string | undefined, handling: Handling): boolean;
  /** Replaces parsing the body; throws a SyntaxError for anything but JSON. */
  parse?(text: string, handling: Handling): Json;
  /** The accepted media types. */
  takesType?(type: string, handling: Handling): boolean;
  /** The rules that count as broken. */
  broken?(errors: ErrorObject[], handling: Handling): ErrorObject[];
  /** The key under which a resource is stored and found. */
  key?(key: string | undefined, handling: Handling): string | undefined;
  /** Runs between looking a key up and remembering it. */
  race?(handling: Handling): Promise<void>;
  /** What is stored under a key, and for how long. */
  remember?(store: Map<string, Reply>, key: string, reply: Reply, handling: Handling): void;
  /** The created resource. */
  make?(resource: JsonObject, handling: Handling): JsonObject;
  /** Validation comes before authentication. */
  validatesFirst?: boolean;
  /** Whether a request that was refused, for breaking these rules, uses up its key. */
  usesUp?(errors: readonly ErrorObject[]): boolean;
  /** Whether a replay is sent to callers with wrong credentials. */
  replaysTo?(handling: Handling): boolean;
  /** What is found among the created resources: read, listed or changed. */
  found?(found: Found, handling: Handling, resources: Resources): Found;
  /** The final answer. */
  reply?(reply: Reply, handling: Handling): Outcome | Promise<Outcome>;
  /** The answer where there is no operation. */
  missing?(reply: Reply, request: IncomingMessage): Outcome;
  /** Gets every request first; may answer it. */
  first?(request: IncomingMessage, response: ServerResponse): boolean;
}

export interface ReferenceServer extends Listening {
  readonly made: () => number;
}

/** What a server has created. */
interface Made {
  count: number;
  readonly resources: Resources;
}

/** A correct server, except for the given behavior. */
export async function startReference(behavior: Behavior = {}): Promise<ReferenceServer> {
  const store = new Map<string, Reply>();
  const made: Made = { count: 0, resources: new Map() };
  const server = createServer((request, response) => {
    if (behavior.first?.(request, response)) return;
    const chunks: Buffer[] = [];
    request.on("error", () => {});
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      handle(behavior, store, made, request, Buffer.concat(chunks)).then(
        (outcome) => send(outcome, response),
        (error: unknown) => send({ status: 500, headers: {}, body: { message: String(error) } }, response),
      );
    });
  });
  return Object.assign(await listen(server), { made: () => made.count });
}

function send(outcome: Outcome, response: ServerResponse): void {
  if (outcome === "hang") return;
  if (outcome === "cut") {
    response.destroy();
    return;
  }
  const { status, headers, body } = outcome;
  const text = Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

async function handle(
  behavior: Behavior,
  store: Map<string, Reply>,
  made: Made,
  request: IncomingMessage,
  raw: Buffer,
): Promise<Outcome> {
  const { pathname } = new URL(request.url ?? "", "http://reference");
  const there = operations.filter(({ path }) => parametersIn(path, pathname) !== undefined);
  const operation = there.find(({ method }) => method === request.method);
  if (operation === undefined) {
    const reply: Reply =
      there.length === 0
        ? refusal(404, "There is nothing here.")
        : refusal(405, "Not with this method.", { allow: there.map(({ method }) => method).join(", ") });
    return behavior.missing?.(reply, request) ?? reply;
  }
  const handling: Handling = { operation, request, raw, made: () => made.count };
  const reply = await answer(behavior, store, made, handling);
  return (await behavior.reply?.(reply, handling)) ?? reply;
}

async function answer(
  behavior: Behavior,
  store: Map<string, Reply>,
  made: Made,
  handling: Handling,
): Promise<Reply> {
  const unauthorized = authenticate(behavior, handling);
  const { refusal: invalid, errors = [] } = validate(behavior, handling);
  const key = keyOf(behavior, handling);
  const before = key === undefined ? undefined : store.get(key);
  const refused = behavior.validatesFirst ? (invalid ?? unauthorized) : (unauthorized ?? invalid);
  const open = before !== undefined && behavior.replaysTo?.(handling) === true;
  if (refused !== undefined && !open) {
    handling.kind = refused === unauthorized ? "unauthorized" : "refused";
    const usedUp = handling.kind === "refused" && behavior.usesUp?.(errors) === true;
    if (usedUp && key !== undefined) store.set(key, refused);
    return refused;
  }
  await behavior.race?.(handling);
  if (before !== undefined) {
    handling.kind = "replayed";
    return before;
  }
  if (handling.operation.requestBody === undefined) {
    handling.kind = "read";
    const url = new URL(handling.request.url ?? "", "http://reference");
    const found = lookUp(made.resources, handling.operation, url);
    return { ...(behavior.found?.(found, handling, made.resources) ?? found), headers: {} };
  }
  made.count += 1;
  handling.kind = "created";
  const plain = makeResource(handling.operation, handling.body ?? null);
  const resource = behavior.make?.(plain, handling) ?? plain;
  keep(made.resources, handling.operation, resource);
  const reply: Reply = {
    status: Number(handling.operation.responses.find(({ status }) => status.startsWith("2"))?.status),
    headers: {},
    body: resource,
  };
  if (key !== undefined) {
    if (behavior.remember === undefined) store.set(key, reply);
    else behavior.remember(store, key, reply, handling);
  }
  return reply;
}

function authenticate(behavior: Behavior, handling: Handling): Reply | undefined {
  const header = handling.request.headers.authorization;
  const [, token] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header ?? "") ?? [];
  const pair = token === undefined ? undefined : Buffer.from(token, "base64").toString("utf8");
  const account = [
    [USERNAME, PASSWORD],
    [SECOND_USERNAME, SECOND_PASSWORD],
  ].find((known) => known.join(":") === pair);
  handling.account = account?.[0] ?? USERNAME;
  const right = account !== undefined;
  if (behavior.authorized?.(right, pair, handling) ?? right) return undefined;
  return refusal(401, "The client ID or the API key is not right.", {
    "www-authenticate": 'Basic realm="reference"',
  });
}

interface Validation {
  readonly refusal?: Reply;
  readonly errors?: readonly ErrorObject[];
}

function validate(behavior: Behavior, handling: Handling): Validation {
  if (handling.operation.requestBody === undefined) {
    const errors = parameterErrors(handling.operation, handling.request.url ?? "");
    return refuseFor(behavior.broken?.(errors, handling) ?? errors);
  }
  const type = (handling.request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!(behavior.takesType?.(type, handling) ?? type === "application/json")) {
    return { refusal: refusal(415, "JSON is needed.") };
  }
  const text = handling.raw.toString("utf8");
  try {
    handling.body = behavior.parse?.(text, handling) ?? JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { refusal: refusal(400, "The body is not JSON.") };
  }
  const validator = validatorOf(handling.operation);
  const errors = validator(handling.body) ? [] : (validator.errors ?? []);
  return refuseFor(behavior.broken?.(errors, handling) ?? errors);
}

function refuseFor(broken: readonly ErrorObject[]): Validation {
  return broken.length === 0 ? {} : { refusal: refusal(400, "The request is not valid."), errors: broken };
}

function keyOf(behavior: Behavior, handling: Handling): string | undefined {
  const { idempotencyKey, id } = handling.operation;
  const value =
    idempotencyKey !== undefined && isObject(handling.body)
      ? handling.body[idempotencyKey.pointer.slice(1)]
      : undefined;
  const key = typeof value === "string" ? `${id} ${value.toLowerCase()} ${handling.account}` : undefined;
  return behavior.key === undefined ? key : behavior.key(key, handling);
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { message } };
}

import {
  getAt,
  type IdempotencyKey,
  type Located,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type RequestBody,
  type Response,
  successResponses,
} from "@dots-payouts/openapi";
import { canonical } from "./canonical.ts";
import type { Note } from "./change.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { type Comparison, compareSchemas } from "./schema.ts";
import { compareSecurity } from "./security.ts";
import type { Schema } from "./shape.ts";

/** Two versions of one operation, each with the document that it is in. */
export interface Versions {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
  readonly note: Note;
}

/** Says what has changed in an operation. */
export function compareOperation(versions: Versions, old: Operation, now: Operation): void {
  const { note } = versions;
  // Types and checks carry the ID, and callers the name.
  if (old.id !== now.id) note("breaking", `The operation's ID changes from ${old.id} to ${now.id}.`);
  compareNames("client method", old.client, now.client, note);
  compareNames("idempotency key", old.idempotencyKey?.pointer, now.idempotencyKey?.pointer, note);
  compareLifetimes(old.idempotencyKey, now.idempotencyKey, note);
  compareNames("role", roleOf(versions.before, old), roleOf(versions.after, now), note);
  if (old.deprecated !== now.deprecated) {
    note(
      "addition",
      now.deprecated ? "The operation is deprecated." : "The operation is no longer deprecated.",
    );
  }
  compareParameters(versions, old.parameters, now.parameters);
  compareBodies(versions, old.requestBody, now.requestBody);
  compareResponses(versions, old.responses, now.responses);
  compareSecurity(old.security, now.security, note);
  const known = [
    "operationId",
    "x-client",
    "x-idempotency-key",
    "x-resource",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "security",
  ];
  compareOtherKeys(
    versions,
    find(versions.before, old.pointer),
    find(versions.after, now.pointer),
    known,
    "The operation",
  );
}

/** What the operation does to the resources of a kind, as a text. */
function roleOf(document: OpenApiDocument, { pointer }: Operation): string | undefined {
  const place = find(document, `${pointer}/x-resource`);
  return place.node === null ? undefined : canonical(document, place);
}

function compareNames(what: string, old: string | undefined, now: string | undefined, note: Note): void {
  if (old === now) return;
  if (old === undefined) note("addition", `The operation's ${what} is new: ${now}.`);
  else if (now === undefined) note("breaking", `The operation's ${what} is gone; it was ${old}.`);
  else note("breaking", `The operation's ${what} changes from ${old} to ${now}.`);
}

/** Code that repeats a request relies on the lifetime of its key. */
function compareLifetimes(
  old: IdempotencyKey | undefined,
  now: IdempotencyKey | undefined,
  note: Note,
): void {
  if (old === undefined || now === undefined || old.lifetime === now.lifetime) return;
  const [from, to] = [old, now].map(({ lifetime }) =>
    lifetime === undefined ? "an unknown time" : `${lifetime / 3_600_000} h`,
  );
  const isLonger = (now.lifetime ?? 0) > (old.lifetime ?? Number.POSITIVE_INFINITY);
  note(
    isLonger ? "addition" : "breaking",
    `The operation's idempotency key lives for ${to} instead of ${from}.`,
  );
}

function compareParameters(versions: Versions, old: readonly Parameter[], now: readonly Parameter[]): void {
  const key = (parameter: Parameter): string => `${parameter.in} parameter ${parameter.name}`;
  for (const [name, from, to] of pairs(old, now, key)) {
    if (from === undefined) {
      versions.note(
        to?.required ? "breaking" : "addition",
        `The ${name} is new, and ${to?.required ? "required" : "optional"}.`,
      );
    } else if (to === undefined) {
      versions.note("breaking", `The ${name} is gone.`);
    } else {
      if (from.required !== to.required) {
        versions.note(
          to.required ? "breaking" : "addition",
          `The ${name} is now ${to.required ? "required" : "optional"}.`,
        );
      }
      const comparison: Comparison = { ...versions, direction: "request", side: name };
      compareSchemas(comparison, at(versions.before, from.schema), at(versions.after, to.schema));
      const known = ["name", "in", "required", "schema"];
      compareOtherKeys(
        versions,
        { node: from.node, pointer: "" },
        { node: to.node, pointer: "" },
        known,
        `The ${name}`,
      );
    }
  }
}

function compareBodies(versions: Versions, old: RequestBody | undefined, now: RequestBody | undefined): void {
  const { note } = versions;
  if (old === undefined || now === undefined) {
    if (old !== undefined) note("breaking", "The operation no longer takes a request body.");
    if (now?.required === true) note("breaking", "The operation needs a request body now.");
    if (now?.required === false) note("addition", "The operation may have a request body now.");
    return;
  }
  if (old.required !== now.required) {
    note(
      now.required ? "breaking" : "addition",
      `The request body is now ${now.required ? "required" : "optional"}.`,
    );
  }
  compareContent({ ...versions, direction: "request", side: "request" }, old.content, now.content);
}

function compareResponses(versions: Versions, old: readonly Response[], now: readonly Response[]): void {
  const { note } = versions;
  const successes = [...successResponses(old), ...successResponses(now)];
  for (const [status, from, to] of pairs(old, now, (response) => response.status)) {
    const succeeds = successes.some((success) => success === from || success === to);
    if (from === undefined) {
      // Callers of today know nothing of a new success and would take it for one that they know.
      note(succeeds ? "breaking" : "addition", `A ${status} response is new.`);
    } else if (to === undefined) {
      // A failure that is no longer described is still a failure: who handles it goes on doing so.
      note(succeeds ? "breaking" : "addition", `The ${status} response is no longer described.`);
    } else {
      compareEchoes(status, from, to, note);
      const comparison: Comparison = { ...versions, direction: "response", side: `${status} response` };
      compareContent(comparison, from.content, to.content);
      const [was, is] = [find(versions.before, from.pointer), find(versions.after, to.pointer)];
      compareOtherKeys(versions, was, is, ["x-echo", "content"], `The ${status} response`);
    }
  }
}

function compareEchoes(status: string, old: Response, now: Response, note: Note): void {
  for (const [into, from, to] of pairs(old.echo, now.echo, (echo) => echo.response)) {
    if (from?.request === to?.request) continue;
    if (from === undefined) note("addition", `The ${status} response gives ${to?.request} back as ${into}.`);
    else note("breaking", `The ${status} response no longer gives ${from.request} back as ${into}.`);
  }
}

function compareContent(comparison: Comparison, old: readonly MediaType[], now: readonly MediaType[]): void {
  for (const [type, from, to] of pairs(old, now, (media) => media.type)) {
    if (from === undefined) comparison.note("addition", `The ${comparison.side} may also be ${type}.`);
    else if (to === undefined) comparison.note("breaking", `The ${comparison.side} is no longer ${type}.`);
    else compareSchemas(comparison, at(comparison.before, from.schema), at(comparison.after, to.schema));
  }
}

/** Each key of either list, with the entry that it has in each. */
function pairs<T>(
  old: readonly T[],
  now: readonly T[],
  key: (entry: T) => string,
): [string, T | undefined, T | undefined][] {
  const before = new Map(old.map((entry) => [key(entry), entry]));
  const after = new Map(now.map((entry) => [key(entry), entry]));
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => [
    name,
    before.get(name),
    after.get(name),
  ]);
}

/** The schema at a pointer; without one, anything goes. */
function at(document: OpenApiDocument, pointer: string | undefined): Schema {
  return pointer === undefined ? [] : [find(document, pointer)];
}

function find(document: OpenApiDocument, pointer: string): Located {
  return { node: getAt(document, pointer) ?? null, pointer };
}

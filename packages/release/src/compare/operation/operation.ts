import type { IdempotencyKey, OpenApiDocument, Operation } from "@dots-payouts/openapi";
import { assumedIn } from "../change/assumed.ts";
import type { Note } from "../change/change.ts";
import { compareBodies } from "./body.ts";
import { meaningOf } from "./meaning.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { compareParameters } from "./parameters.ts";
import { compareResponses } from "./responses.ts";
import { compareSecurity } from "./security.ts";
import { compareOwnServers } from "./servers.ts";
import { find, type Versions } from "./versions.ts";

const KEY = "x-idempotency-key";

/** Reports what has changed in an operation, or in an event that the server sends. */
export function compareOperation(versions: Versions, old: Operation, now: Operation): void {
  const { note } = versions;
  const about = (...keys: string[]): Note => {
    const assumed = assumedIn(versions, old.pointer, now.pointer, ...keys);
    return (impact, text, advice) => note(impact, text, advice, assumed);
  };
  // Types and checks contain the ID, and callers use the name.
  if (old.id !== now.id) note("breaking", `The operation's ID changes from ${old.id} to ${now.id}.`);
  compareNames("client method", old.client, now.client, note);
  const [from, to] = [old.idempotencyKey, now.idempotencyKey];
  compareNames("idempotency key", from?.pointer, to?.pointer, about(KEY, "at"));
  compareLifetimes(from, to, about(KEY, "lifetime"));
  compareTerms(from, to, (term) => about(KEY, term));
  compareNames("role", roleOf(versions.before, old), roleOf(versions.after, now), about("x-resource"));
  if (old.deprecated !== now.deprecated) {
    note(
      "addition",
      now.deprecated ? "The operation is deprecated." : "The operation is no longer deprecated.",
    );
  }
  compareParameters(versions, old.parameters, now.parameters);
  compareBodies(versions, old, now);
  compareResponses(versions, old.responses, now.responses);
  if (versions.sent === "request") {
    compareSecurity(versions, old, now);
    compareOwnServers(versions, old, now);
  }
  const known = [
    "operationId",
    "x-client",
    KEY,
    "x-resource",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "callbacks",
  ];
  compareOtherKeys(
    versions,
    find(versions.before, old.pointer),
    find(versions.after, now.pointer),
    known,
    "The operation",
  );
}

/** What the operation does to the resources of a kind, as text. */
function roleOf(document: OpenApiDocument, { pointer }: Operation): string | undefined {
  const place = find(document, `${pointer}/x-resource`);
  return place.node === null ? undefined : meaningOf(document, "x-resource", place);
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

/** The other settings of the key decide whether a repeated request pays once. */
function compareTerms(
  old: IdempotencyKey | undefined,
  now: IdempotencyKey | undefined,
  about: (term: string) => Note,
): void {
  if (old === undefined || now === undefined) return;
  for (const term of ["scope", "usedByRefusal", "caseSensitive", "replayStatus"] as const) {
    const [from, to] = [old, now].map((key) => [key[term]].flat().sort().join(", "));
    if (from === to) continue;
    about(term)("breaking", `The operation's idempotency key changes its ${term} from ${from} to ${to}.`);
  }
}

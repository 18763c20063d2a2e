import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Behavior, Handling, Reply } from "../reference/server.ts";

/** Faults by description, worded to follow "a server that". */
export type Faults = Readonly<Record<string, Behavior>>;

/** The body of a request as an object; empty if it is not one. */
export function sentIn({ body }: Handling): JsonObject {
  return isObject(body) ? body : {};
}

/** A value inside an object; `undefined` if there is none. */
export function inside(value: Json | undefined, ...names: string[]): Json | undefined {
  let found = value;
  for (const name of names) found = isObject(found) ? found[name] : undefined;
  return found;
}

/** Refuses valid requests. @param wrongly whether this one is refused */
export function refuses(wrongly: (sent: JsonObject, handling: Handling) => boolean): Behavior {
  return {
    broken: (errors, handling) =>
      errors.length === 0 && wrongly(sentIn(handling), handling)
        ? [{ instancePath: "", schemaPath: "", keyword: "fault", params: {} }]
        : errors,
  };
}

/** Fails on valid requests with 500. */
export function fails(when: (sent: JsonObject, handling: Handling) => boolean): Behavior {
  return {
    reply: (reply, handling) =>
      handling.kind === "created" && when(sentIn(handling), handling)
        ? { status: 500, headers: {}, body: { message: "Something went wrong." } }
        : reply,
  };
}

/** Accepts invalid requests, by ignoring some of the rules that they break. */
export function overlooks(
  rule: (error: { instancePath: string; keyword: string; missing: unknown; schemaPath: string }) => boolean,
  where: (handling: Handling) => boolean = () => true,
): Behavior {
  return {
    broken: (errors, handling) =>
      where(handling)
        ? errors.filter(
            ({ instancePath, keyword, params, schemaPath }) =>
              !rule({ instancePath, keyword, missing: params["missingProperty"], schemaPath }) &&
              // A rule that only reports another broken rule is ignored with it.
              !["if", "anyOf", "unevaluatedProperties"].includes(keyword),
          )
        : errors,
  };
}

/** Changes the created resource. */
export function makes(change: (resource: JsonObject, handling: Handling) => JsonObject): Behavior {
  return { make: change };
}

/** Changes the answers to requests that ended in one way. */
export function replies(
  kind: Handling["kind"],
  change: (reply: Reply, handling: Handling) => Reply,
): Behavior {
  return { reply: (reply, handling) => (handling.kind === kind ? change(reply, handling) : reply) };
}

/** The resource's keywords without some of them. */
export function omit(resource: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name)));
}

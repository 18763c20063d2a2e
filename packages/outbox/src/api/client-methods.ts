import { OutboxError } from "../outbox-error.ts";

/** The answer to a client call, with its response. */
interface Result {
  readonly data: unknown;
  readonly response: Response;
}

type Method = (...given: unknown[]) => { withResponse(): Promise<Result> };

/**
 * A method of a client, by its name in the spec.
 * @throws OutboxError if the client has no such method
 */
export function methodOf(dots: object, name: string): Method {
  const [resource = "", method = ""] = name.split(".");
  const owner: unknown = Reflect.get(dots, resource);
  const found: unknown = typeof owner === "object" && owner !== null ? Reflect.get(owner, method) : undefined;
  if (isMethod(found)) return found;
  throw new OutboxError(
    `This version of the client has no method ${name}. Install the same version of both.`,
  );
}

/** A client's methods come from the same spec as the names of calls. */
function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

/** The `Date` of a response. */
export function dateOf({ headers }: Response): number | undefined {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

import { assumptionAt, listHeaderOptions } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import { anyCredentials, type Credentials, SECOND_VARIABLES, VARIABLES } from "../http/credentials.ts";
import { type GivenValues, readGivenValues } from "./given-values.ts";
import { readSpec, type Spec, specOf } from "./spec.ts";
import { type TestedOperation, testedOperations } from "./tested-operation.ts";

/** What the checks are made from. */
export interface SuiteOptions {
  /** The user name that the server knows. Without one, a made-up one is sent, and wrong credentials are not checked. */
  readonly username?: string | undefined;
  /** The password that belongs to it. */
  readonly password?: string | undefined;
  /** The user name of another account, to check that its keys are separate. */
  readonly secondUsername?: string | undefined;
  /** The password that belongs to `secondUsername`. */
  readonly secondPassword?: string | undefined;
  /** Path of a bundled OpenAPI document in JSON, or the document. Default: the published spec. */
  readonly spec?: string | object | undefined;
  /**
   * Values that exist on the server, by JSON Pointer into the request body, or the path of a JSON file with them:
   * `{"/field": ["a", "b"], "/other": 500}`. Requests with them must be accepted.
   */
  readonly values?: string | object | undefined;
  /**
   * Values of headers for which the spec declares an option (`x-option`), by option name: `{ workspaceId: "…" }`. They
   * are sent to the operations that have the header.
   */
  readonly headerOptions?: Readonly<Record<string, string>> | undefined;
  /** Skip what takes long: filling a store of keys, and waiting for keys to age. @default false */
  readonly quick?: boolean | undefined;
  /** Count differences from the spec's assumptions (`x-assumption`) as broken too. @default false */
  readonly strict?: boolean | undefined;
  /** The seed of the random values; the same seed sends the same values. Default: a random one. */
  readonly seed?: number | undefined;
}

/** @throws CannotRun if the spec or the credentials cannot be used */
export function openSuite(options: SuiteOptions): Suite {
  const spec: Spec =
    typeof options.spec === "object" ? specOf(options.spec, "that was given") : readSpec(options.spec);
  if (spec.operations.length === 0)
    throw new CannotRun("the spec has no operations, so there is nothing to check");
  const given = readGivenValues(options.values);
  const operations = testedOperations(spec, given);
  requireUsable(given, operations);
  requireOptions(spec, options.headerOptions ?? {});
  return {
    spec,
    headerOptions: options.headerOptions ?? {},
    operations,
    given,
    strict: options.strict === true,
    quick: options.quick === true,
    assumption: (place, name) => assumptionAt(spec.document, place, name),
    credentials: account(options.username, options.password, VARIABLES) ?? anyCredentials(),
    second: account(options.secondUsername, options.secondPassword, SECOND_VARIABLES),
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
  };
}

/** @throws CannotRun if a value was given for a place that no request has, or one that the spec does not allow there */
function requireUsable(given: GivenValues, operations: readonly TestedOperation[]): void {
  for (const [pointer, values] of given) {
    const taking = operations.filter(({ body }) => body?.fields.some((field) => field.pointer === pointer));
    if (taking.length === 0) {
      throw new CannotRun(`a value was given for ${pointer}, but no request body in the spec has this place`);
    }
    for (const value of values) {
      if (taking.some(({ body }) => body?.bodyWithGiven(pointer, value) !== undefined)) continue;
      throw new CannotRun(
        `the spec does not allow the value ${JSON.stringify(value)} that was given for ${pointer}`,
      );
    }
  }
}

/** @throws CannotRun if a value was given for an option that the spec does not declare */
function requireOptions({ document }: Spec, given: Readonly<Record<string, string>>): void {
  const known = listHeaderOptions(document).map(({ option }) => option);
  const unknown = Object.keys(given).filter((option) => !known.includes(option));
  if (unknown.length === 0) return;
  const words = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  throw new CannotRun(`the spec has no header option ${unknown.join(", ")}; ${words}`);
}

function account(
  username: string | undefined,
  password: string | undefined,
  variables: Credentials["variables"],
): Credentials | undefined {
  if ((username === undefined) !== (password === undefined)) {
    throw new CannotRun("user name and password must be given together");
  }
  if (username?.includes(":")) throw new CannotRun("a user name cannot contain a colon (RFC 7617)");
  if (username === undefined || password === undefined) return undefined;
  return { username, password, given: true, variables };
}

/** All accounts, so that none of their secrets is shown. */
export function accountsOf({ credentials, second }: Suite): readonly Credentials[] {
  return second === undefined ? [credentials] : [credentials, second];
}

/** What is known before the first request: the input of all checks. */
export interface Suite {
  readonly spec: Spec;
  /** Values of headers, by option name (`x-option`). */
  readonly headerOptions: Readonly<Record<string, string>>;
  readonly operations: readonly TestedOperation[];
  readonly credentials: Credentials;
  /** Another account; `undefined` if none was given. */
  readonly second: Credentials | undefined;
  readonly seed: number;
  /** Values that exist on the server. */
  readonly given: GivenValues;
  /** Whether to skip what takes long. */
  readonly quick: boolean;
  /** Whether assumptions count as promises. */
  readonly strict: boolean;
  /** Why a place of the spec is only assumed (`x-assumption`); `undefined` if it is documented. */
  assumption(place: string, name: string | undefined): string | undefined;
}

import { CannotRun } from "../errors/cannot-run.ts";
import { anyCredentials, type Credentials } from "../http/credentials.ts";
import { readSpec, type Spec, specOf } from "./spec.ts";
import { type TestedOperation, testedOperations } from "./tested-operation.ts";

/** What the checks are made from. */
export interface SuiteOptions {
  /** The user name that the server knows. Without one any is sent, and wrong credentials are not checked. */
  readonly username?: string | undefined;
  /** The password that belongs to it. */
  readonly password?: string | undefined;
  /** Path of a bundled OpenAPI document in JSON, or the document. Default: the published spec. */
  readonly spec?: string | object | undefined;
  /** Where random values come from; the same seed sends the same values. Default: a random one. */
  readonly seed?: number | undefined;
}

/** @throws CannotRun when the spec or the credentials cannot be used */
export function openSuite(options: SuiteOptions): Suite {
  const { username, password } = options;
  if ((username === undefined) !== (password === undefined)) {
    throw new CannotRun("a user name and a password are given together or not at all");
  }
  if (username?.includes(":")) throw new CannotRun("a user name cannot contain a colon (RFC 7617)");
  const spec: Spec =
    typeof options.spec === "object" ? specOf(options.spec, "that was given") : readSpec(options.spec);
  if (spec.operations.length === 0)
    throw new CannotRun("the spec has no operations, so there is nothing to check");
  return {
    spec,
    operations: testedOperations(spec),
    credentials:
      username === undefined || password === undefined
        ? anyCredentials()
        : { username, password, given: true },
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
  };
}

/** What is known before the first request, and what checks are made from. */
export interface Suite {
  readonly spec: Spec;
  readonly operations: readonly TestedOperation[];
  readonly credentials: Credentials;
  readonly seed: number;
}

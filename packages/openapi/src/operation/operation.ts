import type { Json, JsonObject } from "../json/json.ts";
import type { IdempotencyKey } from "./idempotency-key.ts";
import type { RequestTerms } from "./request-terms.ts";
import type { ResourceRole } from "./resource-role.ts";
import type { ResponseCondition } from "./response-condition.ts";

/** An operation of the API: one method on one path. */
export interface Operation {
  /** `operationId`, or method and path if there is none. */
  readonly id: string;
  /** In upper case, as it is sent. */
  readonly method: string;
  /** The path template, without a server's base path. */
  readonly path: string;
  /** JSON Pointer to the operation in the document. */
  readonly pointer: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** `x-client`: the name of the client's method, `resource.method`. */
  readonly client: string | undefined;
  /** `x-idempotency-key`; `undefined` if the operation has none. */
  readonly idempotencyKey: IdempotencyKey | undefined;
  /** `x-resource`: what the operation does to which kind of resource. */
  readonly resource: ResourceRole | undefined;
  /** `x-reference`, `x-amount`, `x-recipient`: what a request says about the money. */
  readonly terms: RequestTerms;
  /** `x-delivers`: whether every request makes the server write to a person. */
  readonly delivers: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly Response[];
  /** The security alternatives, one of which must be satisfied; empty if the operation needs no credentials. */
  readonly security: readonly SecurityRequirement[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string | undefined;
  /** `x-option`: the name of its option in the client and tools. */
  readonly option: string | undefined;
  /** JSON Pointer to the schema if there is one. */
  readonly schema: string | undefined;
  /** JSON Pointer to the schema of its content, if it has a media type (`content`). */
  readonly contentSchema: string | undefined;
  readonly node: JsonObject;
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly MediaType[];
}

export interface Response {
  /** `200`, `4XX` or `default`, as in the document. */
  readonly status: string;
  readonly description: string | undefined;
  readonly content: readonly MediaType[];
  /** `x-echo`: pairs of a pointer into the response and one into the request body. */
  readonly echo: readonly Echo[];
  /** `x-when`: which requests this success is given for; `undefined` if it is given for any. */
  readonly condition: ResponseCondition | undefined;
  readonly pointer: string;
}

export interface Echo {
  readonly response: string;
  readonly request: string;
}

export interface MediaType {
  readonly type: string;
  /** JSON Pointer to the schema in the document if there is one. */
  readonly schema: string | undefined;
  readonly examples: readonly Example[];
}

export interface Example {
  readonly name: string;
  readonly summary: string | undefined;
  readonly value: Json;
  /** The statuses that it is an example for (`x-status`), if its response documents a range. */
  readonly statuses?: readonly number[];
}

/** The schemes that must be satisfied together. */
export type SecurityRequirement = readonly SecurityScheme[];

export interface SecurityScheme {
  readonly name: string;
  /** `http`, `apiKey`, … */
  readonly type: string;
  /** `basic`, `bearer`, … in lower case; only for type `http`. */
  readonly scheme: string | undefined;
  readonly node: JsonObject;
}

import {
  getAt,
  isIdempotent,
  isObject,
  isSafe,
  type OpenApiDocument,
  type Operation,
  usualSuccess,
} from "@dots-payouts/openapi";
import { literal } from "../../text/literal.ts";
import { assumptions, sayAssumed } from "../types/property-comment.ts";
import { lookUp } from "./look-up.ts";

/** What the comment of a method says, by paragraphs. */
export function methodDocumentation(document: OpenApiDocument, operation: Operation): (string | undefined)[] {
  const success = usualSuccess(operation.responses);
  const example = operation.requestBody?.content.flatMap(({ examples }) => examples)[0];
  const tags = [
    success?.description === undefined ? [] : [`@returns ${success.description.trim()}`],
    ["@throws DotsError, whose `outcome` says whether the call may have been carried out."],
    example === undefined ||
    operation.parameters.some(({ in: place }) => place === "path" || place === "query")
      ? []
      : ["@example", "```ts", `await dots.${operation.client}(${literal(example.value)});`, "```"],
    operation.deprecated ? ["@deprecated"] : [],
  ];
  return [
    operation.summary && `${operation.summary}.`,
    operation.description,
    repetition(operation),
    unknown(document, operation),
    ...assumedOf(document, operation, success?.pointer),
    tags.flat().join("\n"),
  ];
}

/** What is assumed of the operation, of its idempotency key, and of what it answers. */
function assumedOf(document: OpenApiDocument, { pointer }: Operation, success: string | undefined): string[] {
  const places = [pointer, `${pointer}/x-idempotency-key`, ...(success === undefined ? [] : [success])];
  const nodes = places.map((place) => getAt(document, place));
  return nodes.flatMap((node) => (isObject(node) ? assumptions(node) : [])).map(sayAssumed);
}

/** What to do where nobody knows whether it was carried out, and no key lets it be repeated. */
function unknown(document: OpenApiDocument, operation: Operation): string | undefined {
  if (isSafe(operation.method) || operation.idempotencyKey !== undefined) return undefined;
  const found = lookUp(document, operation);
  return found === undefined
    ? "When the outcome of a call is `unknown`, the API offers no way to find out whether it was carried out."
    : `When the outcome of a call is \`unknown\`, ${found} before you call again.`;
}

function repetition({ method, idempotencyKey }: Operation): string | undefined {
  if (isSafe(method)) return undefined;
  if (idempotencyKey === undefined && isIdempotent(method)) {
    return "A failed attempt is repeated. A refusal after an attempt whose answer was lost is `unknown`.";
  }
  return idempotencyKey === undefined
    ? "A failed attempt is repeated only where it surely was not carried out."
    : "Every attempt of a call sends the same idempotency key: yours, or else a fresh one.";
}

import {
  DocumentError,
  isIdempotent,
  isSafe,
  listOperations,
  type OpenApiDocument,
  type Operation,
  parsePointer,
  readErrorCodes,
} from "@dots-payouts/openapi";
import { type Success, successes } from "../document/successes.ts";
import {
  cursors,
  integerProperties,
  keyIsUuid,
  listPlace,
  messagePlace,
  morePlace,
  resourceIdPlace,
} from "./checked-values.ts";
import { formStyles, sentContent } from "./form-body.ts";
import { lookUp } from "./look-up.ts";
import { operationName } from "./operation-name.ts";
import { stylesOf } from "./query-style.ts";
import { requireRequest } from "./require-sendable.ts";

/** What the client needs to know about each operation at run time. */
export function operations(document: OpenApiDocument): string {
  const all = listOperations(document);
  for (const operation of all) requireRequest(document, operation);
  requireDistinct(all);
  const constants = all.map(
    (operation) =>
      `export const ${operationName(operation.id)}: Operation = ${describe(document, operation)};\n`,
  );
  const text = constants.join("\n");
  const { at, busy } = readErrorCodes(document["x-error-codes"], "/x-error-codes");
  return `import type { Operation } from "../runtime/operation.ts";

${text}
/** Whether an operation has its own headers. */
export const someHaveHeaders: boolean = ${text.includes(", headers: {")};

/** Whether an operation takes no credentials, while others do. */
export const someAreOpen: boolean = ${text.includes(", open: true")};

/** Whether an operation takes a form. */
export const someAreForms: boolean = ${text.includes(", form: {")};

/** Whether an operation takes an object in its query, or in a form. */
export const someHaveObjects: boolean = ${/objects"?: ?\{/.test(text)};

/** Whether a success may be another JSON value than an object or a list. */
export const someArePlain: boolean = ${text.includes(", plain: true")};

/** Whether some successes of an operation have a body and others have none. */
export const someAreEmpty: boolean = ${text.includes(", empty: false")};

/** The path to the message in the body of a refusal. */
export const messageAt: readonly string[] = ${JSON.stringify(messagePlace(document))};

/** The paths to the code in the body of a refusal, in the order in which they are tried. */
export const codesAt: readonly (readonly string[])[] = ${JSON.stringify(busy.length > 0 ? at.map(parsePointer) : [])};

/** The codes that say that an earlier request is still in progress, so that nothing is decided yet. */
export const busyCodes: readonly unknown[] = ${JSON.stringify(busy)};

export const operations: readonly Operation[] = [${all.map(({ id }) => operationName(id)).join(", ")}];
`;
}

function describe(document: OpenApiDocument, operation: Operation): string {
  const fields = [
    "__proto__: null",
    `id: ${JSON.stringify(operation.id)}`,
    `method: ${JSON.stringify(operation.method)}`,
    `path: ${JSON.stringify(operation.path)}`,
  ];
  if (isSafe(operation.method)) fields.push("safe: true");
  else if (isIdempotent(operation.method)) fields.push("idempotent: true");
  if (isOpen(operation) && !listOperations(document).every(isOpen)) fields.push("open: true");
  const { idempotencyKey } = operation;
  if (idempotencyKey !== undefined) {
    fields.push(`key: ${JSON.stringify(parsePointer(idempotencyKey.pointer))}`);
    if (idempotencyKey.lifetime !== undefined) fields.push(`keyLifetime: ${idempotencyKey.lifetime}`);
    if (keyIsUuid(document, operation)) fields.push("keyIsUuid: true");
  }
  const found = lookUp(document, operation);
  if (found !== undefined) fields.push(`lookUp: ${JSON.stringify(found)}`);
  const integers = integerProperties(document, operation);
  if (integers.length > 0) fields.push(`integers: ${JSON.stringify(integers)}`);
  const { separators, objects } = stylesOf(document, operation.parameters);
  if (separators !== undefined) fields.push(`separators: ${JSON.stringify(separators)}`);
  if (objects !== undefined) fields.push(`objects: ${JSON.stringify(objects)}`);
  const form = formStyles(document, operation);
  if (form !== undefined) fields.push(`form: ${JSON.stringify({ path: "", ...form })}`);
  const answers = successes(document, operation);
  const headers = mediaHeaders(operation, answers);
  if (Object.keys(headers).length > 0) fields.push(`headers: ${JSON.stringify(headers)}`);
  if (answers.every(({ media }) => media === undefined)) fields.push("empty: true");
  else if (answers.some(({ media }) => media === undefined)) fields.push("empty: false");
  if (answers.some(({ plain }) => plain)) fields.push("plain: true");
  const idAt = resourceIdPlace(document, operation);
  if (idAt !== undefined) fields.push(`idAt: ${JSON.stringify(idAt)}`);
  const itemsAt = listPlace(operation);
  if (itemsAt !== undefined) fields.push(`itemsAt: ${JSON.stringify(itemsAt)}`);
  const moreAt = morePlace(operation);
  if (moreAt !== undefined) fields.push(`moreAt: ${JSON.stringify(moreAt)}`);
  const { after, before } = cursors(operation);
  if (after !== undefined) fields.push(`after: ${JSON.stringify(after)}`);
  if (before !== undefined) fields.push(`before: ${JSON.stringify(before)}`);
  return `{ ${fields.join(", ")} }`;
}

/** Whether an operation takes no credentials, so that none must be sent. */
function isOpen({ security }: Operation): boolean {
  return security.every((schemes) => schemes.length === 0);
}

/** The media types of the request and the answer, if they are not plain JSON. */
function mediaHeaders(operation: Operation, found: readonly Success[]): Record<string, string> {
  const isPlain = (type: string): boolean => type === "application/json" || type.includes("*");
  const given = [...new Set(found.flatMap(({ media }) => media?.type ?? []))];
  const taken = sentContent(operation)?.type ?? "application/json";
  return {
    ...(given.every(isPlain) ? {} : { accept: given.join(", ") }),
    ...(isPlain(taken) ? {} : { "content-type": taken }),
  };
}

/** Two constants with the same name would not compile. */
function requireDistinct(operations: readonly Operation[]): void {
  const seen = new Map<string, Operation>();
  for (const operation of operations) {
    const other = seen.get(operationName(operation.id));
    if (other !== undefined) {
      throw new DocumentError(operation.pointer, `${operation.id} and ${other.id} get the same name`);
    }
    seen.set(operationName(operation.id), operation);
  }
}

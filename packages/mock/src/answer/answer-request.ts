import type { Json } from "@dots-payouts/openapi";
import { accepts, isJson } from "@dots-payouts/openapi";
import { fittingAnswer } from "../prism/fitting-answer.ts";
import { valueAt } from "../sample/fill-example.ts";
import type { Success } from "../sample/success-body.ts";
import { asReason, explain } from "../schema/explain.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { Api } from "../spec/served-spec.ts";
import { jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { decodeBody, parseJson } from "../wire/parse-json.ts";
import { Refusal, refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";
import type { Choice } from "../wishes/prefer.ts";
import { checkHead, type Head } from "./check-head.ts";
import type { Backing, Trace } from "./context.ts";
import { createdBy, resourceAnswer } from "./resource-answer.ts";

/**
 * Answers a request as the spec has it. All that is at hand is done at once, without a promise: one for each step costs
 * as much as the step.
 * @param failed is given the `Refusal` of a request that is not carried out, or an error of ours
 */
export function handle(
  backing: Backing,
  request: MockRequest,
  choice: Choice | undefined,
  trace: Trace,
  answered: (answer: MockAnswer) => void,
  failed: (error: unknown) => void,
): void {
  settle(
    () => {
      const head = checkHead(backing, request, trace);
      if ("status" in head) return head;
      if (head.compiled.operation.requestBody === undefined) {
        return carryOut(backing, request, choice, trace, head, "");
      }
      const carryOn = (bytes: Uint8Array) =>
        settle(() => carryOut(backing, request, choice, trace, head, decodeBody(bytes)), answered, failed);
      request.readBody(carryOn, failed);
      return undefined;
    },
    answered,
    failed,
  );
}

/** Hands over what `work` gives or throws; nothing when it gives nothing. */
function settle(
  work: () => Eventually<MockAnswer> | undefined,
  answered: (answer: MockAnswer) => void,
  failed: (error: unknown) => void,
): void {
  let answer: Eventually<MockAnswer> | undefined;
  try {
    answer = work();
  } catch (error) {
    failed(error);
    return;
  }
  if (answer instanceof Promise) answer.then(answered, failed);
  else if (answer !== undefined) answered(answer);
}

/** What there is already, or comes. */
type Eventually<T> = T | Promise<T>;

function carryOut(
  backing: Backing,
  request: MockRequest,
  choice: Choice | undefined,
  trace: Trace,
  { compiled, client, path, type }: Head,
  text: string,
): Eventually<MockAnswer> {
  trace.body = text;
  const body = readBody(compiled, text, type);
  if (body !== undefined) validate(backing.api, compiled, body);
  const { operation, success } = compiled;

  const checkedByPrism = (): Promise<MockAnswer> => {
    const content = body ?? (text === "" ? undefined : text);
    return backing.prism.answer({ request, template: operation.path, path, body: content }, choice);
  };
  const about = (documented: MockAnswer): Promise<MockAnswer> =>
    resourceAnswer(backing.store.resources, { compiled, client, request, path, body, documented });
  if (choice !== undefined) return checkedByPrism();
  if (operation.responses.length === 0) {
    throw refuse(501, "responses", "The spec does not say what this operation answers.");
  }
  if (success === undefined || !accepts(header(request, "accept"), success.mediaType)) {
    return checkedByPrism().then((answer) => about(fittingAnswer(backing.api, compiled, answer)));
  }
  const sent = body ?? null;
  const { resource } = operation;
  const documented = () => jsonAnswer(success.status, success.create(sent, backing.fresh));
  if (resource !== undefined && resource.does !== "create") {
    return compiled.unusual ? checkedByPrism().then(about) : about(documented());
  }
  const create = () => createOnce(backing, compiled, success, client, sent);
  return compiled.unusual ? checkedByPrism().then(create) : create();
}

/** Makes a resource, and its answer; or repeats the answer that the client's key was given. */
function createOnce(
  { store, fresh }: Backing,
  compiled: CompiledOperation,
  success: Success,
  client: string,
  sent: Json,
): Eventually<MockAnswer> {
  const key = keyOf(compiled, client, sent);
  const create = (): Eventually<MockAnswer> => {
    const resource = success.create(sent, fresh);
    const answer = { status: success.status, headers: success.headers, body: JSON.stringify(resource) };
    const created = createdBy(compiled, client, resource);
    if (key !== undefined) return store.keep(key, answer, created);
    const added = created === undefined ? undefined : store.resources.add(created);
    return added instanceof Promise ? added.then(() => answer) : answer;
  };
  const first = key === undefined ? undefined : store.find(key);
  return first instanceof Promise ? first.then((known) => known ?? create()) : (first ?? create());
}

/** The JSON that was sent; `undefined` for no body, and for content that Prism has to read. */
function readBody(
  { operation }: CompiledOperation,
  text: string,
  type: string | undefined,
): Json | undefined {
  const { requestBody } = operation;
  if (requestBody === undefined) return undefined;
  if (text === "") {
    if (requestBody.required) throw refuse(400, "required", "The request has no body, and needs one.");
    return undefined;
  }
  if (type === undefined) {
    const types = requestBody.content.map((media) => media.type).join(", ");
    throw refuse(415, "content-type", `The body has no content type. What is taken: ${types}.`, {
      accept: types,
    });
  }
  return isJson(type) ? parseJson(text) : undefined;
}

function validate({ place }: Api, compiled: CompiledOperation, body: Json): void {
  if (compiled.bodySchema === undefined || compiled.fitsBody(body)) return;
  const findings = explain(place(compiled.bodySchema), body);
  const told = findings.slice(0, 5).map(({ text }) => text);
  const more = findings.length > told.length ? `; and ${findings.length - told.length} more` : "";
  throw new Refusal(
    compiled.refusal,
    `The request is not valid: ${told.join("; ")}${more}.`,
    findings.map(asReason),
  );
}

/** Under what a request's answer is kept: one client's key for one operation. */
function keyOf({ operation, key }: CompiledOperation, client: string, sent: Json): string | undefined {
  const value = key === undefined ? undefined : valueAt(sent, key);
  return value === undefined || value === null ? undefined : JSON.stringify([operation.id, client, value]);
}

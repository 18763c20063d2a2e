import { accepts, concreteType, exactStatus, isJson, responseFor } from "@dots-payouts/openapi";
import { documentedHeaders } from "../sample/documented-headers.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";
import { documentedRefusal } from "./sendable-answer.ts";

/**
 * The answer for a status that is documented only as part of a range (`4XX`): the example for exactly this status
 * (`x-status`), or one that says no more than the status, because the range's other examples are for other statuses.
 * `undefined` if the status has its own response, or none.
 */
export function problemAnswer(
  spec: ServedSpec,
  compiled: CompiledOperation,
  request: MockRequest,
  status: number,
): MockAnswer | undefined {
  const response = responseFor(compiled.operation.responses, status);
  if (status < 400 || response === undefined || exactStatus(response) !== undefined) return undefined;
  const media = response.content.find(
    ({ type }) => isJson(type) && accepts(header(request, "accept"), concreteType(type)),
  );
  const example = media?.examples.find(({ statuses }) => statuses?.includes(status));
  if (media !== undefined && example !== undefined) {
    const headers = documentedHeaders(spec.document, response.pointer);
    return jsonAnswer(status, example.value, { ...headers, "content-type": concreteType(media.type) });
  }
  if (response.content.some(({ examples }) => examples.some(({ statuses }) => statuses !== undefined))) {
    return documentedRefusal(
      spec,
      compiled,
      refuse(status, "prefer", `This is the requested answer ${status}.`),
    );
  }
  return undefined;
}

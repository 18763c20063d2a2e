import { isJson, plainSamples } from "@dots-payouts/openapi";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { Api } from "../spec/served-spec.ts";
import type { MockAnswer } from "../wire/answer.ts";

/**
 * An answer that Prism made up, or a plainer one where that does not fit its own schema: Prism knows less of JSON Schema
 * than OpenAPI 3.1 does. An example of the spec stays as it is.
 */
export function fittingAnswer(
  { document, schemas }: Api,
  compiled: CompiledOperation,
  answer: MockAnswer,
): MockAnswer {
  const response = compiled.operation.responses.find(({ status }) => status === String(answer.status));
  const media = response?.content.find(({ type }) => isJson(type));
  if (media?.schema === undefined || media.examples.length > 0) return answer;
  if (!isJson(answer.headers["content-type"] ?? "")) return answer;
  const fits = schemas.at(media.schema);
  if (fits(JSON.parse(answer.body || "null"))) return answer;
  const plain = plainSamples(document, media.schema).find((sample) => fits(sample));
  return plain === undefined ? answer : { ...answer, body: JSON.stringify(plain) };
}

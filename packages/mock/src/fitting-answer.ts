import type { Api } from "./api.ts";
import type { CompiledOperation } from "./compiled-operation.ts";
import { isJson } from "./media-type.ts";
import type { MockAnswer } from "./message.ts";
import { plainSample } from "./plain-sample.ts";

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
  const plain = plainSample(document, media.schema);
  return fits(plain) ? { ...answer, body: JSON.stringify(plain) } : answer;
}

import { concreteType, isObject, type Json, type JsonObject } from "@dots-payouts/openapi";

/** The responses of a document, by status or by name, with a media type in the place of each range. */
export function concreteAnswers(responses: Json | undefined): Json {
  if (!isObject(responses)) return responses ?? {};
  return Object.fromEntries(
    Object.entries(responses).map(([name, response]): [string, Json] => [
      name,
      isObject(response) && isObject(response["content"])
        ? { ...response, content: concrete(response["content"]) }
        : response,
    ]),
  );
}

function concrete(content: JsonObject): JsonObject {
  const entries = Object.entries(content).map(([type, media]): [string, Json] => {
    const choice = concreteType(type);
    return [Object.hasOwn(content, choice) ? type : choice, media];
  });
  return Object.fromEntries(entries);
}

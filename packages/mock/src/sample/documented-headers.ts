import {
  follow,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type OpenApiDocument,
  plainSamples,
} from "@dots-payouts/openapi";
import { isFraming } from "../wire/answer.ts";

/** The documented headers of a response, by lower-case name: the example, or else a sample of the schema. */
export function documentedHeaders(document: OpenApiDocument, response: string): Record<string, string> {
  const pointer = `${response}/headers`;
  const headers = getAt(document, pointer);
  if (!isObject(headers)) return {};
  const entries = Object.entries(headers).flatMap(([name, node]): [string, string][] => {
    const key = name.toLowerCase();
    // The content type comes from the body (OpenAPI 3.1, Response Object).
    if (key === "content-type" || isFraming(key)) return [];
    const header = follow(document, { node, pointer: pointer + formatPointer([name]) });
    const value = exampleOf(document, header.node, header.pointer);
    return isObject(value) || Array.isArray(value) || value === undefined || value === null
      ? []
      : [[key, String(value)]];
  });
  return Object.fromEntries(entries);
}

function exampleOf(document: OpenApiDocument, header: Json, pointer: string): Json | undefined {
  if (!isObject(header)) return undefined;
  if (header["example"] !== undefined) return header["example"];
  if (isObject(header["examples"])) {
    const [first] = Object.entries(header["examples"]);
    if (first !== undefined) {
      const [name, node] = first;
      const { node: example } = follow(document, {
        node,
        pointer: pointer + formatPointer(["examples", name]),
      });
      return isObject(example) ? example["value"] : undefined;
    }
  }
  const [plain] = header["schema"] === undefined ? [] : plainSamples(document, `${pointer}/schema`);
  return plain;
}

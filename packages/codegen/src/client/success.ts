import {
  DocumentError,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Response,
  schemaParts,
} from "@dots-payouts/openapi";
import { jsonContent } from "./type-at.ts";

/** A documented success, and the JSON that it brings; `undefined` where it brings nothing. */
export interface Success {
  readonly response: Response;
  readonly media: MediaType | undefined;
}

/**
 * The successes of an operation: what is documented for 2xx, or else what is for every status.
 * @throws DocumentError where one brings what the client can't read.
 */
export function successes(document: OpenApiDocument, operation: Operation): readonly Success[] {
  return successResponses(operation).map((response) => {
    const content = operation.method === "HEAD" ? [] : response.content;
    if (content.length === 0) return { response, media: undefined };
    const media = jsonContent(content);
    const place = `${operation.pointer}/responses/${response.status}`;
    if (media === undefined) {
      throw new DocumentError(
        place,
        `the client can read JSON only, not ${content.map(({ type }) => type).join(", ")}`,
      );
    }
    const other = typesAt(document, media.schema).find((type) => type !== "object" && type !== "array");
    if (other !== undefined) {
      throw new DocumentError(place, `the client can read objects and lists only, and this may be ${other}`);
    }
    return { response, media };
  });
}

/** The responses that stand for success. */
export function successResponses({ responses }: Operation): readonly Response[] {
  const good = responses.filter(({ status }) => /^2(\d\d|XX)$/i.test(status));
  return good.length > 0 ? good : responses.filter(({ status }) => status === "default");
}

/** The JSON types that a schema allows, as far as it says. */
export function typesAt(document: OpenApiDocument, schema: string | undefined): readonly string[] {
  if (schema === undefined) return [];
  const types = schemaParts(document, schema).flatMap(({ node }) => [node["type"] ?? []].flat());
  return [...new Set(types.filter((type) => typeof type === "string"))];
}

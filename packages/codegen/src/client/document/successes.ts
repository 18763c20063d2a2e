import {
  DocumentError,
  jsonContent,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Response,
  schemaParts,
  successResponses,
} from "@dots-payouts/openapi";

/** A documented success. */
export interface Success {
  readonly response: Response;
  /** The JSON that it brings; `undefined` where it brings nothing. */
  readonly media: MediaType | undefined;
  /** Whether that may be something else than an object or a list. */
  readonly plain: boolean;
}

/**
 * The successes of an operation: what is documented for 2xx, or else what is for every status.
 * @throws DocumentError where one brings what the client can't read.
 */
export function successes(document: OpenApiDocument, operation: Operation): readonly Success[] {
  return successResponses(operation.responses).map((response) => {
    const content = operation.method === "HEAD" ? [] : response.content;
    if (content.length === 0) return { response, media: undefined, plain: false };
    const media = jsonContent(content);
    const place = `${operation.pointer}/responses/${response.status}`;
    if (media === undefined) {
      throw new DocumentError(
        place,
        `the client can read JSON only, not ${content.map(({ type }) => type).join(", ")}`,
      );
    }
    const plain = typesAt(document, media.schema).filter((type) => type !== "object" && type !== "array");
    if (plain.includes("string") && media.type.includes("*")) {
      throw new DocumentError(place, `the client can read JSON only, and ${media.type} may be a text`);
    }
    return { response, media, plain: plain.length > 0 };
  });
}

/** The JSON types that a schema allows, as far as it says. */
export function typesAt(document: OpenApiDocument, schema: string | undefined): readonly string[] {
  if (schema === undefined) return [];
  const types = schemaParts(document, schema).flatMap(({ node }) => [node["type"] ?? []].flat());
  return [...new Set(types.filter((type) => typeof type === "string"))];
}

import {
  DocumentError,
  getAt,
  jsonContent,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Response,
  successResponses,
} from "@dots-payouts/openapi";
import { type JsonType, jsonTypes } from "./json-types.ts";

/** A documented success. */
export interface Success {
  readonly response: Response;
  /** The JSON that it brings; `undefined` if it brings nothing. */
  readonly media: MediaType | undefined;
  /** Whether that may be something else than an object or a list. */
  readonly plain: boolean;
}

/**
 * The successes of an operation: what is documented for 2xx, or else what is for every status.
 * @throws DocumentError if one brings what the client can't read.
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
    const plain = typesOf(document, media).filter((type) => type !== "object" && type !== "array");
    if (mayBeText(document, media)) {
      throw new DocumentError(place, `the client can read JSON only, and ${media.type} may be a text`);
    }
    return { response, media, plain: plain.length > 0 };
  });
}

/** The JSON types that content may have. */
function typesOf(document: OpenApiDocument, { schema }: MediaType): readonly JsonType[] {
  const place = {
    node: schema === undefined ? true : (getAt(document, schema) ?? true),
    pointer: schema ?? "",
  };
  return jsonTypes(document, place);
}

/** Whether content whose media type is open is described as a text, which then need not be JSON. */
export function mayBeText(document: OpenApiDocument, media: MediaType): boolean {
  const types = typesOf(document, media);
  return media.type.includes("*") && types.includes("string") && !types.includes("object");
}

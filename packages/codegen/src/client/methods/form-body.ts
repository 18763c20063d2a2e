import {
  bodyContent,
  DocumentError,
  formFields,
  isForm,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  schemaParts,
} from "@dots-payouts/openapi";
import { clashOf, type Styles, styleOf, stylesOf } from "./query-style.ts";

/** The content of an operation's request body that the client sends: JSON, or else a form. */
export function sentContent({ requestBody }: Operation): MediaType | undefined {
  return bodyContent(requestBody?.content ?? []);
}

/** How the client writes the form that an operation takes; `undefined` if it takes none, or JSON. */
export function formStyles(document: OpenApiDocument, operation: Operation): Styles | undefined {
  const media = sentContent(operation);
  return media === undefined || !isForm(media.type)
    ? undefined
    : stylesOf(document, formFields(document, media));
}

/**
 * Makes sure that the client can write a form.
 * @throws DocumentError naming the field that it can't.
 */
export function requireWritable(document: OpenApiDocument, media: MediaType): void {
  const { schema } = media;
  const place = schema ?? "";
  const types =
    schema === undefined ? [] : schemaParts(document, schema).flatMap(({ node }) => node["type"] ?? []);
  const all = formFields(document, media);
  if (all.length === 0 || types.some((type) => type !== "object")) {
    throw new DocumentError(place, "the client has to know the fields of the form");
  }
  for (const field of all) {
    const problem = problemOf(document, field);
    if (problem !== undefined)
      throw new DocumentError(place, `the field ${field.name} of the form: ${problem}`);
  }
  const clash = clashOf(document, all);
  if (clash !== undefined) throw new DocumentError(place, `two fields of the form would be called ${clash}`);
}

function problemOf(document: OpenApiDocument, field: Parameter): string | undefined {
  const { node, schema = "" } = field;
  if (node["contentType"] !== undefined && node["contentType"] !== "text/plain") {
    return `the client can't write ${String(node["contentType"])} into a form`;
  }
  const types = schemaParts(document, schema).flatMap((part) => part.node["type"] ?? []);
  if (types.includes("null")) return "the client can't write null into a form";
  // OpenAPI versions describe this differently.
  if (types.includes("object") && node["style"] === undefined) {
    return "the client has to know how an object is written (encoding.style)";
  }
  const style = styleOf(document, field);
  return "problem" in style ? style.problem : undefined;
}

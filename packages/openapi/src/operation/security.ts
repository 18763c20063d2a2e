import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { entries, list, object, text } from "./nodes.ts";
import type { SecurityRequirement } from "./operation.ts";

/** The ways to authenticate, each with all of its schemes. */
export function readSecurity(
  document: OpenApiDocument,
  security: Json | undefined,
  pointer: string,
): SecurityRequirement[] {
  const components = isObject(document["components"]) ? document["components"] : {};
  const schemes = isObject(components["securitySchemes"]) ? components["securitySchemes"] : {};
  return list(security).map((requirement) =>
    entries(requirement).map(([name]) => {
      const declared = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
      if (declared === undefined) throw new DocumentError(pointer, `security scheme ${name} is not declared`);
      const place = formatPointer(["components", "securitySchemes", name]);
      const { node } = object(document, { node: declared, pointer: place });
      return { name, type: text(node["type"]) ?? "", scheme: text(node["scheme"])?.toLowerCase(), node };
    }),
  );
}

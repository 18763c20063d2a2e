import { isObject, type Json } from "../json/json.ts";
import { DocumentError, type OpenApiDocument } from "./document.ts";

export interface Server {
  /** With its variables replaced by their defaults. */
  readonly url: string;
  readonly description: string | undefined;
  /** `x-environment`: the name by which the client knows the server. */
  readonly environment: string | undefined;
  /** The path of the URL without a trailing slash: `/api`, or empty. */
  readonly basePath: string;
}

/**
 * The servers of a document, in document order.
 * @throws DocumentError if a server's URL is invalid, or has a variable without a default.
 */
export function listServers(document: OpenApiDocument): Server[] {
  const servers = document["servers"];
  if (!Array.isArray(servers)) return [];
  return servers.map((server, index) => {
    const template = isObject(server) ? server["url"] : undefined;
    const place = `/servers/${index}`;
    if (!isObject(server) || typeof template !== "string") throw new DocumentError(place, "a URL is needed");
    const url = fill(template, server["variables"], place);
    if (!URL.canParse(url, "http://localhost")) throw new DocumentError(place, `${url} is not a URL`);
    const description = server["description"];
    const environment = server["x-environment"];
    return {
      url,
      description: typeof description === "string" ? description : undefined,
      environment: typeof environment === "string" ? environment : undefined,
      basePath: new URL(url, "http://localhost").pathname.replace(/\/+$/, ""),
    };
  });
}

/** Replaces variables by their defaults. */
function fill(template: string, variables: Json | undefined, place: string): string {
  return template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (isObject(variable) && typeof variable["default"] === "string") return variable["default"];
    throw new DocumentError(place, `the variable ${name} has no default`);
  });
}

import { DocumentError, type OpenApiDocument } from "./document.ts";
import { isObject, type Json } from "./json.ts";

export interface Server {
  readonly url: string;
  readonly description: string | undefined;
  /** `x-environment`: the name by which the client knows the server. */
  readonly environment: string | undefined;
  /** The path of the URL without a trailing slash: `/api`, or empty. */
  readonly basePath: string;
}

/**
 * The servers of a document, in its order.
 * @throws DocumentError when a server's URL is none.
 */
export function listServers(document: OpenApiDocument): Server[] {
  const servers = document["servers"];
  if (!Array.isArray(servers)) return [];
  return servers.map((server, index) => {
    const url = isObject(server) ? server["url"] : undefined;
    const place = `/servers/${index}`;
    if (!isObject(server) || typeof url !== "string") throw new DocumentError(place, "a URL is needed");
    const description = server["description"];
    const environment = server["x-environment"];
    return {
      url,
      description: typeof description === "string" ? description : undefined,
      environment: typeof environment === "string" ? environment : undefined,
      basePath: basePathOf(url, server["variables"], place),
    };
  });
}

/** Variables stand for their defaults. */
function basePathOf(template: string, variables: Json | undefined, place: string): string {
  const url = template.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) && typeof variable["default"] === "string" ? variable["default"] : whole;
  });
  if (!URL.canParse(url, "http://localhost")) throw new DocumentError(place, `${url} is not a URL`);
  return new URL(url, "http://localhost").pathname.replace(/\/+$/, "");
}

import type { OpenApiDocument } from "./document.ts";
import { isObject } from "./json.ts";

export interface Server {
  readonly url: string;
  readonly description: string | undefined;
  /** `x-environment`: the name by which the client knows the server. */
  readonly environment: string | undefined;
  /** The path of the URL without a trailing slash: `/api`, or empty. */
  readonly basePath: string;
}

/** The servers of a document, in its order. */
export function listServers(document: OpenApiDocument): Server[] {
  const servers = document["servers"];
  if (!Array.isArray(servers)) return [];
  return servers.filter(isObject).flatMap((server) => {
    const url = server["url"];
    if (typeof url !== "string") return [];
    const description = server["description"];
    const environment = server["x-environment"];
    return [
      {
        url,
        description: typeof description === "string" ? description : undefined,
        environment: typeof environment === "string" ? environment : undefined,
        basePath: new URL(url, "http://localhost").pathname.replace(/\/+$/, ""),
      },
    ];
  });
}

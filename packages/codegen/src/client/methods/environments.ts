import { DocumentError, listServers, type OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";

/** The servers that have a name, as a constant of base URLs by name. */
export function environments(document: OpenApiDocument): string {
  const all = listServers(document);
  const servers = all.filter((server) => server.environment !== undefined);
  if (servers.length === 0) throw new DocumentError("/servers", "no server has an x-environment");
  for (const server of servers) {
    if (/^https?:\/\//i.test(server.url)) continue;
    throw new DocumentError(
      `/servers/${all.indexOf(server)}/url`,
      `the client needs a URL that begins with http:// or https://, and this is ${server.url}`,
    );
  }
  const entries = servers.map(
    ({ environment, description }) =>
      `${docComment([description], "  ")}  readonly ${JSON.stringify(environment)}: string;\n`,
  );
  const values = servers.map(
    ({ environment, url }) => `  ${JSON.stringify(environment)}: ${JSON.stringify(url)},\n`,
  );
  return `/** The servers of the API, by the name of their environment. */
export interface Environments {
${entries.join("")}}

export const environments: Environments = {
${values.join("")}};
`;
}

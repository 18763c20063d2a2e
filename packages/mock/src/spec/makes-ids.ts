import {
  jsonContent,
  listGeneratedValues,
  listLifeCycles,
  type OpenApiDocument,
  type Operation,
  successResponses,
} from "@dots-payouts/openapi";

/** Whether each success gives its resource, and those created with it, a new UUID. */
export function makesIds(document: OpenApiDocument, { resource: role, responses }: Operation): boolean {
  if (role?.does !== "create") return false;
  const ids = [role.id, ...companionIds(document, role.kind).map((id) => role.at + id)];
  return successResponses(responses).every((response) => {
    const schema = jsonContent(response.content)?.schema;
    const generated = schema === undefined ? [] : listGeneratedValues(document, schema);
    return ids.every(
      (id) =>
        generated.some(({ pointer, rule }) => pointer === id && rule === "uuid") &&
        // Sent values take precedence over generated ones.
        response.echo.every((echo) => echo.response !== id),
    );
  });
}

/** Where a resource of this kind has the IDs of those created with it. */
function companionIds(document: OpenApiDocument, kind: string): string[] {
  const cycle = listLifeCycles(document).find((known) => known.kind === kind);
  return cycle?.creates.flatMap(({ id }) => id ?? []) ?? [];
}

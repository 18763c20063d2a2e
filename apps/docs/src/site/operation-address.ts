import type { Operation } from "@dots-payouts/openapi";

/** The address of an operation within Redoc: the URL's fragment. */
export function redocRoute(operation: Operation): string {
  return `/${slug(operation.tags[0] ?? "other")}/${operation.id.toLowerCase()}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s+/g, "-");
}

/** The address of an operation's own page, from the site's root. */
export function operationUrl(operation: Operation): string {
  const words = operation.id.replace(/([a-z\d])([A-Z])/g, "$1-$2").replace(/[^A-Za-z\d]+/g, "-");
  return `reference/${words.replace(/^-|-$/g, "").toLowerCase()}/`;
}

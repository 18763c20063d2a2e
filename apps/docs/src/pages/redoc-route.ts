import type { Operation } from "@dots-payouts/openapi";

/** The address of an operation within Redoc, which it reads from the URL's fragment. */
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

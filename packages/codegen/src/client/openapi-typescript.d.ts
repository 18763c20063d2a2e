// The entry of openapi-typescript loads its own linter and bundler too, which take longer than all that is used here.
// These files are exported beside it, without types of their own.

declare module "openapi-typescript/dist/transform/index.cjs" {
  import type { GlobalContext } from "openapi-typescript";
  import type { Node } from "typescript";

  /** @param document an OpenAPI document that a lint has seen */
  export default function transformSchema(document: object, context: GlobalContext): Node[];
}

declare module "openapi-typescript/dist/lib/utils.cjs" {
  import type { GlobalContext } from "openapi-typescript";

  export { resolveRef } from "openapi-typescript";

  /** Writes what it finds into the document too. */
  export function scanDiscriminators(document: object, options: object): GlobalContext["discriminators"];
}

declare module "openapi-typescript/dist/lib/ts.cjs" {
  export { astToString } from "openapi-typescript";
}

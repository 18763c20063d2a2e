import type { OpenApiDocument } from "@dots-payouts/openapi";
import { namesIn } from "../types/type-names.ts";
import type { Method } from "./methods.ts";

/** The import lines for hand-written code that methods need. */
export function runtimeImports(methods: readonly Method[]): string {
  const lists = methods.filter(({ hasPages }) => hasPages);
  const others = methods.filter(({ hasPages }) => !hasPages);
  const isKeyed = ({ operation }: Method): boolean => operation.idempotencyKey !== undefined;
  const options = [
    ...(methods.every(isKeyed) ? [] : ["CallOptions"]),
    ...(methods.some(isKeyed) ? ["KeyedCallOptions"] : []),
  ];
  const fillsPaths = others.some(({ inputs }) => inputs.some(({ place }) => place !== "body"));
  return [
    lists.length > 0 ? `import { type ApiList, list } from "../call/list.ts";\n` : "",
    others.length > 0 ? `import type { ApiCall } from "../runtime/api-call.ts";\n` : "",
    `import type { ${options.join(", ")} } from "../runtime/call-options.ts";\n`,
    fillsPaths ? `import { fillPath } from "../runtime/fill-path.ts";\n` : "",
    `import type { Client } from "../runtime/operation.ts";\n`,
  ].join("");
}

/** The import line for the types of the API that a text mentions. */
export function typeImport(document: OpenApiDocument, text: string): string {
  const types = namesIn(document, text);
  return types.length > 0 ? `import type { ${types.join(", ")} } from "./schema.ts";\n` : "";
}

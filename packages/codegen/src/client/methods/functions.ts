import type { OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { interfaceName } from "../types/type-names.ts";
import { callOf, type Method, parametersOf, readMethods } from "./methods.ts";
import { operationName } from "./operation-name.ts";

/** The methods once more as functions, of which a bundler leaves out those that a program does not use. */
export function functions(opened: OpenApiDocument): string {
  const methods = readMethods(opened);
  if (methods.length === 0) return "export {};\n";
  const interfaces = [...new Set(methods.map(({ resource }) => interfaceName(resource)))].sort();
  const text = methods.map(declare).join("\n");
  return `${text.includes("fillPath(") ? `import { fillPath } from "../runtime/fill-path.ts";\n` : ""}import type { Unbound } from "../runtime/operation.ts";
import * as operations from "./operations.ts";
import type { ${interfaces.join(", ")} } from "./resources.ts";

${text}`;
}

function declare(method: Method): string {
  const { resource, name, operation } = method;
  const constant = operationName(operation.id);
  const documentation = docComment([
    `${operation.summary ?? operation.id}: \`dots.${resource}.${name}\` as a function.`,
    operation.deprecated ? "@deprecated" : undefined,
  ]);
  const type = `Unbound<${interfaceName(resource)}["${name}"]>`;
  return `${documentation}export const ${constant}: ${type} = (call, ${parametersOf(method)}) => ${callOf(method, `operations.${constant}`)};\n`;
}

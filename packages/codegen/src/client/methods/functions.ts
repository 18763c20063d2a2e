import type { OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { runtimeImports, typeImport } from "./imports.ts";
import { callOf, type Method, readMethods, signatureOf } from "./methods.ts";
import { operationName } from "./operation-name.ts";

/** The methods as functions, so that a bundler can leave out unused ones. */
export function functions(opened: OpenApiDocument): string {
  const methods = readMethods(opened);
  if (methods.length === 0) return "export {};\n";
  const text = methods.map(declare).join("\n");
  return `${runtimeImports(methods)}import * as operations from "./operations.ts";
${typeImport(opened, text)}
${text}`;
}

/** With full types, so that an editor shows the parameters. */
function declare(method: Method): string {
  const { resource, name, operation, answer } = method;
  const constant = operationName(operation.id);
  const documentation = docComment([
    `${operation.summary ?? operation.id}: \`dots.${resource}.${name}\` as a function.`,
    [
      "@param call a client from `createClient()`",
      "@throws DotsError, whose `outcome` says whether the call may have been carried out.",
      ...(operation.deprecated ? ["@deprecated"] : []),
    ].join("\n"),
  ]);
  const call = callOf(method, `operations.${constant}`);
  return `${documentation}export function ${constant}(call: Client, ${signatureOf(method)}): ${answer} {\n  return ${call};\n}\n`;
}

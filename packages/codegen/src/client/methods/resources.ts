import type { OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { interfaceName } from "../types/type-names.ts";
import { runtimeImports, typeImport } from "./imports.ts";
import { methodDocumentation } from "./method-documentation.ts";
import { callOf, type Method, parametersOf, readMethods, signatureOf } from "./methods.ts";
import { operationName } from "./operation-name.ts";

/** An interface for each resource, its methods documented by the spec, and the class that holds them all. */
export function resources(opened: OpenApiDocument): string {
  const methods = readMethods(opened);
  const byResource = new Map<string, Method[]>();
  for (const method of methods) {
    byResource.set(method.resource, [...(byResource.get(method.resource) ?? []), method]);
  }
  const interfaces = [...byResource].map(([name, own]) => declare(opened, name, own)).join("\n");
  return `${imports(opened, methods, interfaces)}
${interfaces}
/** All resources of the API. */
export class Resources {
${[...byResource.keys()].map((name) => `  declare readonly ${name}: ${interfaceName(name)};\n`).join("")}
  protected constructor(${byResource.size === 0 ? "_" : ""}call: Client) {
${[...byResource].map(([name, own]) => build(name, own)).join("")}  }
}
`;
}

function declare(document: OpenApiDocument, resource: string, methods: readonly Method[]): string {
  const signatures = methods.map((method) => {
    const { name, operation, answer } = method;
    const signature = `${name === "new" ? '"new"' : name}(${signatureOf(method)}): ${answer};\n`;
    return `${docComment(methodDocumentation(document, operation), "  ")}  ${signature.replaceAll(/\n(?=.)/g, "\n  ")}`;
  });
  const tags = new Set(methods.flatMap(({ operation }) => operation.tags));
  return `${docComment([`${[...tags].join(", ") || resource}.`])}export interface ${interfaceName(resource)} {\n${signatures.join("\n")}}\n`;
}

function build(resource: string, methods: readonly Method[]): string {
  const entries = methods.map((method) => {
    const { name, operation } = method;
    return `      ${name}: (${parametersOf(method)}) => ${callOf(method, operationName(operation.id))},\n`;
  });
  return `    this.${resource} = {\n${entries.join("")}    };\n`;
}

function imports(document: OpenApiDocument, methods: readonly Method[], text: string): string {
  if (methods.length === 0) return `import type { Client } from "../runtime/operation.ts";\n`;
  return [
    runtimeImports(methods),
    `import { ${methods.map(({ operation }) => operationName(operation.id)).join(", ")} } from "./operations.ts";\n`,
    typeImport(document, text),
  ].join("");
}

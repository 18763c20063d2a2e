import type { OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { interfaceName, namesIn } from "../types/type-names.ts";
import { methodDocumentation } from "./method-documentation.ts";
import { requiredHeaders } from "./method-inputs.ts";
import { callOf, type Method, parametersOf, readMethods } from "./methods.ts";
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
  const signatures = methods.map(({ name, operation, inputs, answer }) => {
    const options = operation.idempotencyKey === undefined ? "CallOptions" : "KeyedCallOptions";
    const parameters = [
      ...inputs.map(({ name: input, type, optional }) => `${input}${optional ? "?" : ""}: ${type}`),
      optionsParameter(options, requiredHeaders(operation)),
    ];
    const signature = `${name === "new" ? '"new"' : name}(${parameters.join(", ")}): ApiCall<${answer}>;\n`;
    return `${docComment(methodDocumentation(document, operation), "  ")}  ${signature.replaceAll(/\n(?=.)/g, "\n  ")}`;
  });
  const tags = new Set(methods.flatMap(({ operation }) => operation.tags));
  return `${docComment([`${[...tags].join(", ") || resource}.`])}export interface ${interfaceName(resource)} {\n${signatures.join("\n")}}\n`;
}

/** Headers that are required make the options so. */
function optionsParameter(options: string, headers: readonly string[]): string {
  if (headers.length === 0) return `options?: ${options}`;
  const fields = headers.map((name) => `readonly ${JSON.stringify(name)}: string`);
  return `options: ${options} & { readonly headers: { ${fields.join("; ")} } }`;
}

function build(resource: string, methods: readonly Method[]): string {
  const entries = methods.map((method) => {
    const { name, operation } = method;
    return `      ${name}: (${parametersOf(method)}) => ${callOf(method, operationName(operation.id))},\n`;
  });
  return `    this.${resource} = {\n${entries.join("")}    };\n`;
}

function imports(document: OpenApiDocument, methods: readonly Method[], text: string): string {
  const options = ["CallOptions", "KeyedCallOptions"].filter((name) =>
    new RegExp(`\\boptions\\??: ${name}\\b`).test(text),
  );
  const types = namesIn(document, text);
  if (methods.length === 0) return `import type { Client } from "../runtime/operation.ts";\n`;
  return [
    `import type { ApiCall } from "../runtime/api-call.ts";\n`,
    `import type { ${options.join(", ")} } from "../runtime/call-options.ts";\n`,
    methods.some(({ inputs }) => inputs.some(({ place }) => place !== "body"))
      ? `import { fillPath } from "../runtime/fill-path.ts";\n`
      : "",
    `import type { Client } from "../runtime/operation.ts";\n`,
    `import { ${methods.map(({ operation }) => operationName(operation.id)).join(", ")} } from "./operations.ts";\n`,
    types.length > 0 ? `import type { ${types.join(", ")} } from "./schema.ts";\n` : "",
  ].join("");
}

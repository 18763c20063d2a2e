import type { OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { interfaceName } from "../types/type-names.ts";
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
  const interfaces = [...byResource].map(([name, own]) => declare(name, own)).join("\n");
  return `${imports(methods, interfaces)}
${interfaces}
/** All resources of the API. */
export class Resources {
${[...byResource.keys()].map((name) => `  declare readonly ${name}: ${interfaceName(name)};\n`).join("")}
  protected constructor(${byResource.size === 0 ? "_" : ""}call: Client) {
${[...byResource].map(([name, own]) => build(name, own)).join("")}  }
}
`;
}

function declare(resource: string, methods: readonly Method[]): string {
  const signatures = methods.map(({ name, operation, inputs, answer }) => {
    const options = operation.idempotencyKey === undefined ? "CallOptions" : "KeyedCallOptions";
    const parameters = [
      ...inputs.map(({ name: input, type, optional }) => `${input}${optional ? "?" : ""}: ${type}`),
      optionsParameter(options, requiredHeaders(operation)),
    ];
    return `${docComment(methodDocumentation(operation), "  ")}  ${name}(${parameters.join(", ")}): ApiCall<${answer}>;\n`;
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

function imports(methods: readonly Method[], text: string): string {
  const options = ["CallOptions", "KeyedCallOptions"].filter((name) =>
    new RegExp(`\\boptions\\??: ${name}\\b`).test(text),
  );
  const schemas = listAliases(methods);
  if (methods.length === 0) return `import type { Client } from "../runtime/operation.ts";\n`;
  return [
    `import type { ApiCall } from "../runtime/api-call.ts";\n`,
    `import type { ${options.join(", ")} } from "../runtime/call-options.ts";\n`,
    methods.some(({ inputs }) => inputs.some(({ place }) => place !== "body"))
      ? `import { fillPath } from "../runtime/fill-path.ts";\n`
      : "",
    `import type { Client } from "../runtime/operation.ts";\n`,
    `import { ${methods.map(({ operation }) => operationName(operation.id)).join(", ")} } from "./operations.ts";\n`,
    text.includes("operations[") ? `import type { operations } from "./schema.ts";\n` : "",
    schemas.length > 0 ? `import type { ${schemas.join(", ")} } from "./types.ts";\n` : "",
  ].join("");
}

/** The named types that the methods mention. */
function listAliases(methods: readonly Method[]): string[] {
  const mentioned = methods.flatMap(({ inputs, answer }) => [
    ...inputs.flatMap(({ type }) => type.split(" | ")),
    ...answer.split(" | "),
  ]);
  return [...new Set(mentioned)]
    .filter((type) => /^[\p{ID_Continue}]+$/u.test(type) && type !== "undefined")
    .sort();
}

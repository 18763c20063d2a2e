import { DocumentError, listOperations, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";
import { docComment } from "../doc-comment.ts";
import { camelCase, pascalCase } from "../names.ts";
import { methodDocumentation } from "./method-documentation.ts";
import { openAnswers } from "./open-answers.ts";
import { aliasAt, jsonContent, responseType } from "./type-at.ts";

/** An interface for each resource, its methods documented by the spec, and the class that holds them all. */
export function resources(document: OpenApiDocument): string {
  const opened = openAnswers(document);
  const methods = listOperations(opened).flatMap((operation) => readMethod(opened, operation));
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
  protected constructor(call: Call) {
${[...byResource].map(([name, own]) => build(name, own)).join("")}  }
}
`;
}

interface Method {
  readonly resource: string;
  readonly name: string;
  readonly operation: Operation;
  /** The names and types of the arguments before the options. */
  readonly inputs: readonly (readonly [name: "params" | "body", type: string])[];
  readonly answer: string;
}

function readMethod(document: OpenApiDocument, operation: Operation): Method[] {
  if (operation.client === undefined) return [];
  const [, resource, name] = /^([A-Za-z]\w*)\.([A-Za-z]\w*)$/.exec(operation.client) ?? [];
  if (resource === undefined || name === undefined) {
    throw new DocumentError(`${operation.pointer}/x-client`, "a name of the form resource.method is needed");
  }
  return [
    {
      resource,
      name,
      operation,
      inputs: readInputs(document, operation),
      answer: readAnswer(document, operation),
    },
  ];
}

function readInputs(document: OpenApiDocument, operation: Operation): Method["inputs"] {
  const inputs: [name: "params" | "body", type: string][] = [];
  const index = `operations[${JSON.stringify(operation.id)}]`;
  const places = [...new Set(operation.parameters.map((parameter) => parameter.in))];
  const strange = places.find((place) => place !== "path" && place !== "query");
  if (strange !== undefined) {
    throw new DocumentError(operation.pointer, `the client has no way to send a parameter in ${strange}`);
  }
  if (places.length > 0) {
    const types = places.map((place) => `NonNullable<${index}["parameters"][${JSON.stringify(place)}]>`);
    inputs.push(["params", types.join(" & ")]);
  }
  if (operation.requestBody !== undefined) {
    const media = jsonContent(operation.requestBody.content);
    if (media === undefined) throw new DocumentError(operation.pointer, "the client can send JSON only");
    const type = `NonNullable<${index}["requestBody"]>["content"][${JSON.stringify(media.type)}]`;
    inputs.push(["body", aliasAt(document, media.schema) ?? type]);
  }
  return inputs;
}

function readAnswer(document: OpenApiDocument, { id, responses }: Operation): string {
  const types = responses
    .filter(({ status }) => status.startsWith("2"))
    .map(({ status, content }) => {
      const media = jsonContent(content);
      return media === undefined
        ? "[]"
        : (aliasAt(document, media.schema) ?? responseType(id, status, media.type));
    });
  return types.length === 0 ? "[]" : [...new Set(types)].join(" | ");
}

function declare(resource: string, methods: readonly Method[]): string {
  const signatures = methods.map(({ name, operation, inputs, answer }) => {
    const options = operation.idempotencyKey === undefined ? "CallOptions" : "KeyedCallOptions";
    const parameters = [...inputs.map(([input, type]) => `${input}: ${type}`), `options?: ${options}`];
    return `${docComment(methodDocumentation(operation), "  ")}  ${name}(${parameters.join(", ")}): ApiCall<${answer}>;\n`;
  });
  const tags = new Set(methods.flatMap(({ operation }) => operation.tags));
  return `${docComment([`${[...tags].join(", ") || resource}.`])}export interface ${interfaceName(resource)} {\n${signatures.join("\n")}}\n`;
}

function build(resource: string, methods: readonly Method[]): string {
  const entries = methods.map(({ name, operation, inputs }) => {
    const names = inputs.map(([input]) => input);
    const constant = camelCase(operation.id);
    const path = `() => fillPath(${constant}.path, params)`;
    const given = names.includes("params") ? [names.includes("body") ? "body" : "undefined", path] : names;
    const parameters = [...names, "options"].join(", ");
    return `      ${name}: (${parameters}) => call(${[constant, "options", ...given].join(", ")}),\n`;
  });
  return `    this.${resource} = {\n${entries.join("")}    };\n`;
}

function imports(methods: readonly Method[], text: string): string {
  const options = ["CallOptions", "KeyedCallOptions"].filter((name) => text.includes(`options?: ${name})`));
  const schemas = listAliases(methods);
  return [
    `import type { ApiCall } from "../api-call.ts";\n`,
    `import type { ${options.join(", ")} } from "../call-options.ts";\n`,
    methods.some(({ operation }) => operation.parameters.length > 0)
      ? `import { fillPath } from "../fill-path.ts";\n`
      : "",
    `import type { Call } from "../operation.ts";\n`,
    `import { ${methods.map(({ operation }) => camelCase(operation.id)).join(", ")} } from "./operations.ts";\n`,
    text.includes("operations[") ? `import type { operations } from "./schema.ts";\n` : "",
    schemas.length > 0 ? `import type { ${schemas.join(", ")} } from "./types.ts";\n` : "",
  ].join("");
}

/** The named types that the methods mention. */
function listAliases(methods: readonly Method[]): string[] {
  const mentioned = methods.flatMap(({ inputs, answer }) => [
    ...inputs.map(([, type]) => type),
    ...answer.split(" | "),
  ]);
  return [...new Set(mentioned)].filter((type) => /^\w+$/.test(type)).sort();
}

function interfaceName(resource: string): string {
  return `${pascalCase(resource)}Resource`;
}

import {
  type MediaType,
  type OpenApiDocument,
  type Operation,
  successResponses,
} from "@dots-payouts/openapi";
import { listSamples } from "../samples/list-samples.ts";
import { describeFields, type Field } from "./fields.ts";
import { describeRules } from "./rules.ts";

interface Detail {
  /** The depth of its first headings. */
  readonly level: number;
  /** Whether the requests of its examples are spelled out in several languages. */
  readonly samples: boolean;
}

/** All that the spec says of an operation, as Markdown. */
export function operationMarkdown(
  document: OpenApiDocument,
  operation: Operation,
  { level, samples }: Detail,
): string {
  const heading = (text: string, id: string): string =>
    `${"#".repeat(level)} ${text} {#${operation.id}-${id}}`;
  const blocks = [`\`${operation.method} ${operation.path}\``, operation.description?.trim()];
  blocks.push(...security(operation), idempotency(operation));
  for (const media of operation.requestBody?.content ?? []) {
    blocks.push(heading("Request", "request"), `\`${media.type}\``, ...schemaBlocks(document, media));
  }
  if (samples && operation.requestBody !== undefined) {
    blocks.push(heading("Samples", "samples"));
    for (const sample of listSamples(document, operation)) {
      blocks.push(`**${sample.title}**`);
      for (const { language, label, code } of sample.codes) blocks.push(fence(`${language} ${label}`, code));
    }
  }
  const successes = successResponses(operation.responses);
  for (const response of operation.responses) {
    blocks.push(heading(`Answer ${response.status}`, response.status));
    blocks.push(response.description?.trim());
    for (const media of response.content) {
      if (successes.includes(response)) blocks.push(...schemaBlocks(document, media));
      for (const example of media.examples) {
        blocks.push(
          `${example.summary ?? example.name}:`,
          fence("json", JSON.stringify(example.value, null, 2)),
        );
      }
    }
  }
  return blocks.filter((block) => block !== undefined && block !== "").join("\n\n");
}

function security(operation: Operation): string[] {
  const ways = operation.security.map((schemes) =>
    schemes
      .map(({ name, node }) => {
        const description = typeof node["description"] === "string" ? node["description"].trim() : name;
        return description.replace(/\s+/g, " ");
      })
      .join(" "),
  );
  return ways.length === 0 ? [] : [`**Credentials.** ${ways.join(" Or: ")}`];
}

function idempotency(operation: Operation): string {
  const key = operation.idempotencyKey;
  if (key === undefined) return "**Sent twice, it is carried out twice.** There is no idempotency key.";
  const name = key.pointer.slice(1).replaceAll("/", ".");
  const time = key.lifetime === undefined ? "" : ` within ${key.lifetime / 3_600_000} hours`;
  return `**Safe to send again**${time} with the same \`${name}\`: it is carried out once, and the answer is the first one.`;
}

function schemaBlocks(document: OpenApiDocument, media: MediaType): string[] {
  if (media.schema === undefined) return [];
  const rules = describeRules(document, media.schema);
  const fields = describeFields(document, media.schema);
  return [rules.join(" "), fieldList(fields, "")];
}

function fieldList(fields: readonly Field[], indent: string): string {
  const sorted = [
    ...fields.filter(({ required }) => required),
    ...fields.filter(({ required }) => !required),
  ];
  return sorted.map((field) => fieldItem(field, indent)).join("\n");
}

function fieldItem(field: Field, indent: string): string {
  const marks = [field.type, ...field.limits].join(", ");
  const words = [field.description?.trim().replace(/\s+/g, " ")];
  if (field.values.length > 0) {
    words.push(
      `One of ${field.values.map((value) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``).join(", ")}.`,
    );
  }
  if (field.default !== undefined) words.push(`Default: \`${JSON.stringify(field.default)}\`.`);
  const required = field.required ? ", **required**" : "";
  const item = `${indent}- **\`${field.name}\`** *${marks}*${required}  \n${indent}  ${words.filter(Boolean).join(" ")}`;
  return field.fields.length === 0 ? item : `${item}\n${fieldList(field.fields, `${indent}  `)}`;
}

function fence(info: string, code: string): string {
  return `\`\`\`${info}\n${code}\n\`\`\``;
}

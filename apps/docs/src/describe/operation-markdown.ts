import {
  type Json,
  lifeCycleOf,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Response,
  schemaParts,
} from "@dots-payouts/openapi";
import { listSamples, type Sample } from "../samples/list-samples.ts";
import { EVENTS_URL, kindTitle, lifeUrl } from "../site/kind-address.ts";
import { assumptionNote, assumptionsOf } from "./assumptions.ts";
import { failureList } from "./failures.ts";
import { fieldList, parameterList } from "./field-list.ts";
import { mockValues } from "./mock-values.ts";
import { repetitionNote } from "./repetition.ts";
import { describeRules } from "./rules.ts";

/**
 * An operation in the spec as a Markdown page with two columns: description and samples.
 * @param withAll whether every example is shown in all languages, or only the first one
 */
export function operationMarkdown(
  document: OpenApiDocument,
  operation: Operation,
  { withAll }: { readonly withAll: boolean },
): string {
  const [first, ...rest] = listSamples(document, operation);
  const others = withAll ? rest : [];
  const success = operation.responses.find(({ status }) => SUCCESS.test(status));
  const heading = (text: string, id: string): string => `## ${text} {#${operation.id}-${id}}`;
  const details = [
    ...inputs(document, operation, heading),
    ...successes(document, operation, heading),
    heading("Errors", "errors"),
    failureList(document, operation),
    ...whatHappensNext(document, operation, heading),
    ...atTheMock(document, operation, heading),
    ...otherSamples(others, heading),
    ...otherAnswers(operation, success, heading),
  ];
  return blocks([
    part("operation", [
      part("intro", [...intro(document, operation), part("jump", [jumps(details)])]),
      part("examples", [
        ...(first === undefined ? [] : [heading("Sample", "samples"), sampleBlock(first)]),
        ...(success === undefined ? [] : answerExample(success)),
      ]),
      part("details", details),
    ]),
  ]);
}

/** Links to the sections of a page. */
function jumps(details: readonly string[]): string {
  const links = details.flatMap((block) => {
    const [, text, id] = /^## (.*) \{#(.*)\}$/.exec(block) ?? [];
    return text === undefined ? [] : [`[${text}](#${id})`];
  });
  return links.join(" · ");
}

/** The same without samples, for a page that shows all operations. */
export function operationSummary(document: OpenApiDocument, operation: Operation): string {
  const heading = (text: string, id: string): string => `### ${text} {#${operation.id}-${id}}`;
  return blocks([
    ...intro(document, operation),
    ...inputs(document, operation, heading),
    ...successes(document, operation, heading),
    heading("Errors", "errors"),
    failureList(document, operation),
  ]);
}

/** Links to the next steps in the resource's life. */
function whatHappensNext(document: OpenApiDocument, { resource }: Operation, heading: Heading): string[] {
  const cycle = resource === undefined ? undefined : lifeCycleOf(document, resource.kind);
  if (cycle === undefined) return [];
  const title = kindTitle(document, cycle).toLowerCase();
  return [
    heading("What happens next", "states"),
    `[The states of a ${title}](/${lifeUrl(cycle.kind)}) are ${cycle.states.map((state) => `\`${state}\``).join(", ")}. [Events](/${EVENTS_URL}) tell you about each change.`,
  ];
}

/** Values for which the mock does something special. */
function atTheMock(document: OpenApiDocument, operation: Operation, heading: Heading): string[] {
  const values = mockValues(document, operation);
  return values.length === 0 ? [] : [heading("Values for the mock", "mock"), ...values];
}

type Heading = (text: string, id: string) => string;

function intro(document: OpenApiDocument, operation: Operation): string[] {
  return [
    `\`${operation.method} ${operation.path}\``,
    operation.description?.trim() ?? "",
    repetitionNote(document, operation),
    assumptionNote(assumptionsOf(document, [`${operation.pointer}/x-idempotency-key`])),
    ...security(operation),
  ];
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

const PLACES = [
  ["path", "In the path"],
  ["query", "In the query"],
  ["header", "In headers"],
  ["cookie", "In cookies"],
] as const;

function parameters(document: OpenApiDocument, { parameters: all }: Operation, heading: Heading): string[] {
  if (all.length === 0) return [];
  const groups = PLACES.flatMap(([place, words]) => {
    const own = all.filter((parameter) => parameter.in === place);
    return own.length === 0 ? [] : [`**${words}**`, parameterList(document, own)];
  });
  return [heading("Parameters", "parameters"), ...groups];
}

function request(document: OpenApiDocument, { requestBody }: Operation, heading: Heading): string[] {
  return (requestBody?.content ?? []).flatMap((media) => [
    heading("Request", "request"),
    `\`${media.type}\``,
    ...schemaBlocks(
      document,
      media,
      media.examples.map(({ value }) => value),
    ),
  ]);
}

const SUCCESS = /^[12]/;

/** The parameters and the body of a request. Optional headers come last. */
function inputs(document: OpenApiDocument, operation: Operation, heading: Heading): string[] {
  const body = request(document, operation, heading);
  const others = parameters(document, operation, heading);
  const isAside = operation.parameters.every((parameter) => parameter.in === "header" && !parameter.required);
  return isAside ? [...body, ...others] : [...others, ...body];
}

/** Each success. What several of them have in common is only described once. */
function successes(document: OpenApiDocument, operation: Operation, heading: Heading): string[] {
  const said = new Map<string, string>();
  return operation.responses
    .filter(({ status }) => SUCCESS.test(status))
    .flatMap((response) => {
      const { status } = response;
      const body = response.content.flatMap((media) => schemaBlocks(document, media));
      const key = body.join("\n\n");
      const before = said.get(key);
      said.set(key, before ?? status);
      return [
        heading(`Answer ${status}`, status),
        response.description?.trim() ?? "",
        condition(document, response),
        ...(before === undefined || key === ""
          ? body
          : [`The body has the same fields as [that of ${before}](#${operation.id}-${before}).`]),
      ];
    });
}

/** The requests that get this success, if not all do. */
function condition(document: OpenApiDocument, { condition: when, pointer }: Response): string {
  if (when === undefined) return "";
  const facts = when.request.map(
    ({ pointer: place, value }) =>
      `\`${place.slice(1).replaceAll("/", ".")}\` is \`${typeof value === "string" ? value : JSON.stringify(value)}\``,
  );
  const note = assumptionNote(assumptionsOf(document, [`${pointer}/x-when`, pointer]));
  return `Comes when ${facts.join(" and ")}. ${note}`;
}

function schemaBlocks(document: OpenApiDocument, media: MediaType, examples: readonly Json[] = []): string[] {
  if (media.schema === undefined) return [];
  const own = schemaParts(document, media.schema).map(({ pointer }) => pointer);
  return [
    describeRules(document, media.schema).join(" "),
    assumptionNote(assumptionsOf(document, own)),
    fieldList(document, media.schema, examples),
  ];
}

function sampleBlock({ codes }: Sample): string {
  return part(
    "samples",
    codes.map(({ language, label, code }) => fence(`${language} ${label}`, code)),
  );
}

function answerExample({ status, content }: Response): string[] {
  const [example] = content.flatMap(({ examples }) => examples);
  return example === undefined
    ? []
    : [fence(`json Answer ${status}`, JSON.stringify(example.value, null, 2))];
}

function otherSamples(samples: readonly Sample[], heading: Heading): string[] {
  if (samples.length === 0) return [];
  return [
    heading("More samples", "more-samples"),
    ...samples.flatMap((sample) => [`**${sample.title}**`, sampleBlock(sample)]),
  ];
}

/** All examples of a response except the one next to the first sample. */
function otherAnswers(operation: Operation, success: Response | undefined, heading: Heading): string[] {
  const examples = operation.responses.flatMap((response) =>
    response.content
      .flatMap((media) => media.examples)
      .slice(response === success ? 1 : 0)
      .map(({ name, summary, value }) =>
        fence(`json ${response.status}: ${summary ?? name}`, JSON.stringify(value, null, 2)),
      ),
  );
  return examples.length === 0 ? [] : [heading("More answers", "more-answers"), ...examples];
}

/** A section of a page, with the class name that the style sheet uses. */
function part(name: string, content: readonly string[]): string {
  return `::: ${name}\n\n${blocks(content)}\n\n:::`;
}

function blocks(content: readonly string[]): string {
  return content.filter((block) => block !== "").join("\n\n");
}

function fence(info: string, code: string): string {
  return `\`\`\`${info}\n${code}\n\`\`\``;
}

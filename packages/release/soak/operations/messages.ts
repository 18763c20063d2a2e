import { isObject, type Json } from "@dots-payouts/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Answer, Body, Model, Parameter } from "./model.ts";

/**
 * One part of a request or response. A message is valid if all of its parts are, so a message that is valid for only
 * one version has a part that is.
 */
export interface Said {
  /** A text for people. */
  readonly text: string;
  /** Whether a version of the operation allows it. */
  readonly fits: (model: Model) => boolean;
}

const TEXTS: readonly (readonly string[])[] = [
  ["a"],
  ["b"],
  ["c"],
  ["ab"],
  ["0"],
  ["1"],
  ["true"],
  ["a,b"],
  ["1,2"],
  ["a", "b"],
  ["1", "2"],
];
const BODIES: readonly Json[] = [null, true, 0, 1, 0.5, "", "a", "ab", [], ["a"]];
const FIELDS: readonly Json[] = [true, 0, 1, "a", "ab", "c"];
const STATUSES = [200, 201, 202, 302, 400, 404, 418, 500];
const UNKNOWN = "zz";

/** The possible parts of a request by somebody who knows this version, with parameters of the other version too. */
export function requestsOf(model: Model, asked: readonly Parameter[], isEvent: boolean): Said[] {
  const access = isEvent ? [] : [...servers(model), ...credentials(model)];
  return [...access, ...asked.flatMap((one) => parameters(one)), ...bodies(model)].filter(({ fits }) =>
    fits(model),
  );
}

function servers(model: Model): Said[] {
  return model.servers.map((url) => ({ text: url, fits: (other) => other.servers.includes(url) }));
}

function credentials(model: Model): Said[] {
  const ways = model.security.length === 0 ? [{}] : model.security;
  return ways.map((way) => ({
    text: `with ${JSON.stringify(way)}`,
    fits: (other) => {
      const asked = other.security.length === 0 ? [{}] : other.security;
      return asked.some((needs) =>
        Object.entries(needs).every(
          ([scheme, scopes]) =>
            (scheme !== "k" || other.otherKey === model.otherKey) &&
            scopes.every((scope) => way[scheme]?.includes(scope)) &&
            way[scheme] !== undefined,
        ),
      );
    },
  }));
}

/** Including its absence. Nobody sends what is not declared. */
function parameters({ name, in: place }: Parameter): Said[] {
  const find = (model: Model): Parameter | undefined =>
    model.parameters.find((one) => one.name === name && one.in === place);
  const absent: Said = {
    text: `without ${place} ${name}`,
    fits: (model) => find(model)?.required !== true,
  };
  const given = TEXTS.map(
    (texts): Said => ({
      text: `${place} ${name}=${texts.join("&")}`,
      fits: (model) => {
        const declared = find(model);
        return declared !== undefined && fitsText(declared, texts);
      },
    }),
  );
  return [absent, ...given];
}

function fitsText({ in: place, schema, explode }: Parameter, texts: readonly string[]): boolean {
  const repeats = place === "query" || place === "cookie";
  if (!repeats && texts.length > 1) return false;
  const items =
    repeats && (explode ?? true) ? texts : texts.length === 1 ? (texts[0] ?? "").split(",") : undefined;
  const meanings: Json[] = [
    ...(texts.length === 1 ? readings(texts[0] ?? "") : []),
    ...(items === undefined ? [] : [[...items], items.map(Number)]),
  ];
  return meanings.some((value) => fits(schema, value));
}

/** A string may represent a number or a boolean. */
function readings(text: string): Json[] {
  return [
    text,
    ...(/^\d+$/.test(text) ? [Number(text)] : []),
    ...(text === "true" || text === "false" ? [text === "true"] : []),
  ];
}

function bodies({ body }: Model): Said[] {
  const none: Said = { text: "without a body", fits: (model) => model.body?.required !== true };
  if (body === undefined) return [none];
  return [
    none,
    ...Object.entries(body.content).flatMap(([type, schema]) =>
      valuesOf(schema).map((value) => ({
        text: `${type}: ${JSON.stringify(value)}`,
        fits: (model: Model) => model.body !== undefined && fitsContent(model.body, type, value),
      })),
    ),
  ];
}

/** The possible responses of a server of this version. A response has one status, so it is one part. */
export function answersOf(model: Model): (Said & { readonly status: number })[] {
  return STATUSES.flatMap((status) => {
    const answer = answerFor(model, status);
    if (answer === undefined) return [];
    const contents = Object.entries(answer.content).flatMap(([type, schema]) =>
      valuesOf(schema).map((value) => ({ type, value })),
    );
    const given = contents.length === 0 ? [undefined] : contents;
    const [first] = given;
    return [
      ...given.map((content) => ({ content, headers: required(answer) })),
      ...headersOf(answer).map((headers) => ({ content: first, headers })),
    ].map(({ content, headers }) => ({
      status,
      text: `${status} ${JSON.stringify(headers)} ${JSON.stringify(content)}`,
      fits: (other: Model) => {
        const declared = answerFor(other, status);
        return declared !== undefined && fitsAnswer(declared, content, headers);
      },
    }));
  }).filter(({ fits: isPossible }) => isPossible(model));
}

export function isAnswered(model: Model, status: number): boolean {
  return answerFor(model, status) !== undefined;
}

/** `default` only describes successes if there is no other response. */
function answerFor({ answers }: Model, status: number): Answer | undefined {
  const range = `${String(status)[0]}XX`;
  const own = answers[String(status)] ?? answers[range];
  if (own !== undefined) return own;
  const hasSuccess = Object.keys(answers).some((one) => one.startsWith("2"));
  return status < 300 && hasSuccess ? undefined : answers["default"];
}

/** The required headers, each with a valid value. */
function required({ headers }: Answer): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, { required: isSure, schema }]): [string, string][] => {
      const text = TEXTS.flat().find((one) => readings(one).some((value) => fits(schema, value)));
      return isSure && text !== undefined ? [[name, text]] : [];
    }),
  );
}

function headersOf(answer: Answer): Record<string, string>[] {
  return Object.keys(answer.headers).flatMap((name) =>
    TEXTS.flat().map((text) => ({ ...required(answer), [name]: text })),
  );
}

function fitsAnswer(
  { content, headers }: Answer,
  given: { type: string; value: Json } | undefined,
  sent: Readonly<Record<string, string>>,
): boolean {
  const hasContent = Object.keys(content).length > 0;
  if (given === undefined ? hasContent : !fitsContent({ content }, given.type, given.value)) return false;
  const missing = Object.entries(headers).some(
    ([name, header]) => header.required && sent[name] === undefined,
  );
  if (missing) return false;
  return Object.entries(sent).every(([name, text]) => {
    const declared = headers[name];
    return declared !== undefined && readings(text).some((value) => fits(declared.schema, value));
  });
}

function fitsContent({ content }: Pick<Body, "content">, type: string, value: Json): boolean {
  const schema = content[type];
  return schema !== undefined && fits(schema, value);
}

/** Values with the properties that the schema declares, and one that no schema declares. */
function valuesOf(schema: Json): Json[] {
  const declared =
    isObject(schema) && isObject(schema["properties"]) ? Object.keys(schema["properties"]) : [];
  const objects = [UNKNOWN, ...declared].reduce<Record<string, Json>[]>(
    (made, name) =>
      made.flatMap((one) => [
        one,
        ...(name === UNKNOWN ? [0] : FIELDS).map((value) => ({ ...one, [name]: value })),
      ]),
    [{}],
  );
  return [...BODIES, ...objects].filter((value) => fits(schema, value));
}

const validators = new Map<string, (value: Json) => boolean>();

function fits(schema: Json, value: Json): boolean {
  const text = JSON.stringify(schema);
  const known = validators.get(text);
  if (known !== undefined) return known(value);
  // Generated schemas are valid, and to check that would take most of the time.
  const validate = new Ajv2020({ strict: false, validateSchema: false }).compile(
    isObject(schema) ? schema : {},
  );
  const check = (one: Json): boolean => validate(one);
  validators.set(text, check);
  return check(value);
}

import {
  isObject,
  type Json,
  type MediaType,
  memoizeByObject,
  type Operation,
  type Response,
  responseFor,
  successResponses,
} from "@dots-payouts/openapi";
import { rulesFor } from "../schema/rules.ts";
import { type SchemaError, schemasOf } from "../schema/validators.ts";
import type { GivenValues } from "./given-values.ts";
import { echoesOf, isWithin, moneyPlaces } from "./money.ts";
import type { Spec } from "./spec.ts";
import { type TestedBody, testedBody } from "./tested-body.ts";
import { type TestedSuccess, testedSuccess } from "./tested-success.ts";

/** An operation under test: what the spec says about it, collected once for all checks. */
export interface TestedOperation {
  readonly operation: Operation;
  /** A number that makes its random values differ from those of others. */
  readonly number: number;
  /** The JSON body of the operation, if it takes one. */
  readonly body: TestedBody | undefined;
  /** The documented responses of success. */
  readonly successes: readonly Response[];
  /** The first of them that has a JSON body. */
  readonly success: TestedSuccess | undefined;
  /** The documentation of a success that has a JSON body; `undefined` for every other status. */
  successAt(status: number): TestedSuccess | undefined;
  /** Whether a place of the request body says how much is paid, to whom, or protects from paying twice. */
  sendsMoney(pointer: string): boolean;
  /** Whether a place of the answer echoes how much is paid, or to whom. */
  showsMoney(pointer: string): boolean;
  /** Why a string may break its `format`; `undefined` if the dialect of the spec does not allow it. */
  readonly mayBreakFormat: string | undefined;
  /** The documentation of a status: the exact one, else its range, else `default`. */
  documented(status: number): Response | undefined;
  /** The rules of a response's schema that the JSON of an answer breaks. Records what it tests. */
  answerErrors(response: Response, media: MediaType, value: Json): SchemaError[];
  /** For each documented status that occurred, the places of the rules that its answers have tested. */
  readonly answered: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What the checks need to know about each operation of a spec. The run records in it what its answers test. */
export function testedOperations(spec: Spec, given: GivenValues): TestedOperation[] {
  return (given.size === 0 ? described(spec) : describe(spec, given)).map((operation) =>
    noteAnswers(spec, operation),
  );
}

type Described = Omit<TestedOperation, "answerErrors" | "answered">;

// Independent of the run, and finding the smallest bodies takes a while.
const described = memoizeByObject((spec: Spec) => describe(spec, new Map()));

function describe(spec: Spec, given: GivenValues): readonly Described[] {
  const schemas = schemasOf(spec.document);
  const bodies = new Map(
    spec.operations.map((operation) => [operation.id, testedBody(spec, schemas, operation, given)]),
  );
  const money = moneyPlaces([...bodies.values()].flatMap((body) => body ?? []));
  return spec.operations.map((operation) => {
    const { id, idempotencyKey, responses } = operation;
    const successes = successResponses(responses);
    const tested = new Map(
      successes.map((response) => [response, testedSuccess(spec, schemas, response)] as const),
    );
    const documented = (status: number) => responseFor(responses, status);
    const shown = [...tested.values()].flatMap((success) => echoesOf(success?.echo ?? [], money));
    return {
      operation,
      number: [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7),
      body: bodies.get(id),
      successes,
      success: [...tested.values()].find((success) => success !== undefined),
      successAt(status: number) {
        const response = documented(status);
        return response === undefined ? undefined : tested.get(response);
      },
      sendsMoney: (pointer: string) => pointer === idempotencyKey?.pointer || isWithin(money, pointer),
      mayBreakFormat: annotatesFormats(spec) ? ANNOTATED : undefined,
      showsMoney: (pointer: string) => isWithin(shown, pointer),
      documented,
    };
  });
}

const ANNOTATED = "In the spec's dialect of JSON Schema, `format` is only an annotation.";

/** Dialects in which `format` is only an annotation (JSON Schema 2020-12, Validation §7.2.1). */
const ANNOTATING = [
  "https://json-schema.org/draft/2020-12/schema",
  "https://spec.openapis.org/oas/3.1/dialect/base",
];

function annotatesFormats({ document }: Spec): boolean {
  const { jsonSchemaDialect: dialect = ANNOTATING[0] } = document;
  return typeof dialect === "string" && ANNOTATING.includes(dialect.replace(/#$/, ""));
}

function noteAnswers(spec: Spec, operation: Described): TestedOperation {
  const answered = new Map<string, Set<string>>();
  const schemas = schemasOf(spec.document);
  return {
    ...operation,
    answered,
    answerErrors(response, { schema }, value) {
      const rules = answered.get(response.status) ?? new Set();
      answered.set(response.status, rules);
      if (schema === undefined) return [];
      for (const place of placesFor(spec.document)(schema, value)) rules.add(place);
      return schemas.errors(schema, value);
    },
  };
}

/** The places of a schema's rules for a value. Cached by shape: most values have the same. */
const placesFor = memoizeByObject((document: Spec["document"]) => {
  const known = new Map<string, readonly string[]>();
  return (schema: string, value: Json): readonly string[] => {
    const shape = `${schema} ${shapeOf(value)}`;
    const places = known.get(shape) ?? rulesFor(document, schema, value).map(({ place }) => place);
    known.set(shape, places);
    return places;
  };
});

function shapeOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`;
  if (!isObject(value)) return "";
  const names = Object.entries(value).map(([name, child]) => `${JSON.stringify(name)}${shapeOf(child)}`);
  return `{${names.join()}}`;
}

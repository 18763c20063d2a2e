import {
  concreteType,
  type Json,
  jsonContent,
  type MediaType,
  memoize,
  memoizeByObject,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  parsePointer,
} from "@dots-payouts/openapi";
import { SAMPLE_CREDENTIALS, type SampleLogin, sampleLogin } from "../samples/sample-login.ts";
import { MOCK_URL } from "../samples/sample-request.ts";
import { operationUrl } from "../site/operation-address.ts";
import type { Site } from "../site/site.ts";
import { bodyFields, type FormField, parameterFields } from "./form-field.ts";

/** Everything that the console in the browser knows about the API. */
export interface ConsoleData {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly operations: readonly ConsoleOperation[];
}

export interface ConsoleOperation {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly method: string;
  readonly path: string;
  /** The operation's own page, relative to the site's root. */
  readonly page: string;
  readonly login: SampleLogin;
  readonly parameters: Readonly<Record<"path" | "query" | "header", readonly FormField[]>>;
  readonly body: ConsoleBody | undefined;
  /** The paths of names to the amounts in cents in a success. */
  readonly cents: readonly (readonly string[])[];
}

export interface ConsoleBody {
  readonly contentType: string;
  readonly fields: readonly FormField[];
  readonly examples: readonly { readonly title: string; readonly value: Json }[];
  /** The path of names to the idempotency key in the body, if the operation takes one. */
  readonly key: readonly string[] | undefined;
}

export function consoleData(site: Pick<Site, "document" | "operations">): ConsoleData {
  const { document } = site;
  return {
    baseUrl: MOCK_URL,
    ...SAMPLE_CREDENTIALS,
    operations: site.operations.map((operation) => {
      const media = jsonContent(operation.requestBody?.content ?? []);
      const inPlace = (place: string): Parameter[] =>
        operation.parameters.filter((parameter) => parameter.in === place);
      return {
        id: operation.id,
        title: operation.summary ?? operation.id,
        group: operation.tags[0] ?? "Other",
        method: operation.method,
        path: operation.path,
        page: operationUrl(operation),
        login: sampleLogin(operation) ?? { kind: "none" },
        parameters: {
          path: parameterFields(document, inPlace("path")),
          query: parameterFields(document, inPlace("query")),
          header: parameterFields(document, inPlace("header")),
        },
        body: media?.schema === undefined ? undefined : bodyOf(document, operation, media),
        cents: answeredCents(document, operation),
      };
    }),
  };
}

function bodyOf(document: OpenApiDocument, { idempotencyKey }: Operation, media: MediaType): ConsoleBody {
  const key = idempotencyKey === undefined ? undefined : parsePointer(idempotencyKey.pointer);
  const examples = media.examples.map(({ name, summary, value }) => ({ title: summary ?? name, value }));
  const values = examples.map(({ value }) => value);
  return {
    contentType: concreteType(media.type),
    fields: media.schema === undefined ? [] : bodyFields(document, media.schema, { examples: values, key }),
    examples,
    key,
  };
}

function answeredCents(document: OpenApiDocument, { responses }: Operation): (readonly string[])[] {
  const success = responses.find(({ status }) => status.startsWith("2"));
  const schema = jsonContent(success?.content ?? [])?.schema;
  return schema === undefined ? [] : centsIn(document)(schema);
}

/** Several operations answer with the same schema. */
const centsIn = memoizeByObject((document: OpenApiDocument) =>
  memoize((schema: string) => {
    const amounts = (fields: readonly FormField[]): (readonly string[])[] =>
      fields.flatMap((field) => [...(field.isCents ? [field.path] : []), ...amounts(field.fields)]);
    return amounts(bodyFields(document, schema));
  }),
);

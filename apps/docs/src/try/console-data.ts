import { concreteType, type Json, jsonContent } from "@dots-payouts/openapi";
import { describeFields } from "../describe/fields.ts";
import { SAMPLE_CREDENTIALS } from "../samples/sample-login.ts";
import { MOCK_URL } from "../samples/sample-request.ts";
import { operationUrl } from "../site/operation-address.ts";
import type { Site } from "../site/site.ts";
import { describeForm, type FormDescription } from "./form-schema.ts";

/** All that the console in the browser knows of the API. */
export interface ConsoleData {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly operations: readonly ConsoleOperation[];
}

export interface ConsoleOperation {
  readonly id: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  /** The operation's own page, from the site's root. */
  readonly page: string;
  readonly form: FormDescription;
  readonly examples: readonly { readonly title: string; readonly value: Json }[];
}

export function consoleData(site: Pick<Site, "document" | "operations">): ConsoleData {
  return {
    baseUrl: MOCK_URL,
    ...SAMPLE_CREDENTIALS,
    operations: site.operations.flatMap((operation) => {
      const media = jsonContent(operation.requestBody?.content ?? []);
      if (media?.schema === undefined) return [];
      return [
        {
          id: operation.id,
          title: operation.summary ?? operation.id,
          method: operation.method,
          path: operation.path,
          contentType: concreteType(media.type),
          page: operationUrl(operation),
          form: describeForm(describeFields(site.document, media.schema)),
          examples: media.examples.map(({ name, summary, value }) => ({ title: summary ?? name, value })),
        },
      ];
    }),
  };
}

import type { Json, Operation } from "@dots-payouts/openapi";

/** One request of an operation, with all that a sample has to say. */
export interface SampleRequest {
  /** Names the sample among those of its operation. */
  readonly name: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly body: Json;
  readonly contentType: string;
  /** `resource.method` of the client. */
  readonly client: string | undefined;
}

/** Where the mock listens that `pnpm start` and `dots-mock` run: a sample works as it stands. */
export const MOCK_URL = "http://127.0.0.1:4010";

/** Credentials of no meaning: the mock takes any. */
export const SAMPLE_CREDENTIALS = { user: "client-id", password: "api-key" } as const;

/** A request for each example of an operation's body. */
export function sampleRequests(operation: Operation): SampleRequest[] {
  return (operation.requestBody?.content ?? []).flatMap((media) =>
    media.examples.map((example) => ({
      name: example.name,
      title: example.summary ?? example.name,
      method: operation.method,
      path: operation.path,
      body: example.value,
      contentType: media.type,
      client: operation.client,
    })),
  );
}

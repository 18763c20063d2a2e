import type { Operation } from "@dots-payouts/openapi";
import { MOCK_URL, SAMPLE_CREDENTIALS, sampleRequests } from "./sample-request.ts";

/** All examples as one `.http` file, which editors can send from. */
export function httpCollection(operations: readonly Operation[]): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const requests = operations.flatMap((operation) =>
    sampleRequests(operation).map(
      (request) => `### ${operation.summary ?? operation.id}: ${request.title}
${request.method} {{baseUrl}}${request.path}
Authorization: Basic {{user}} {{password}}
${request.body === undefined ? "" : `Content-Type: ${request.contentType}\n\n${JSON.stringify(request.body, null, 2)}\n`}`,
    ),
  );
  return `@baseUrl = ${MOCK_URL}\n@user = ${user}\n@password = ${password}\n\n${requests.join("\n")}`;
}

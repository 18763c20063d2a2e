import { asDocument, curlCommand, listOperations } from "@dots-payouts/openapi";

/** A curl command for the first operation of a bundle that has an example, sent to the mock. */
export function firstRequest(bundle: unknown, mockUrl: string): string | undefined {
  for (const operation of listOperations(asDocument(bundle))) {
    const media = operation.requestBody?.content.find(({ examples }) => examples.length > 0);
    const example = media?.examples[0];
    if (media === undefined || example === undefined || operation.path.includes("{")) continue;
    return curlCommand({
      method: operation.method,
      url: mockUrl + operation.path,
      user: "client-id:api-key",
      headers: { "Content-Type": media.type },
      body: JSON.stringify(example.value),
    });
  }
  return undefined;
}

import { javaScriptLiteral } from "./literal.ts";
import { MOCK_URL, SAMPLE_CREDENTIALS, type SampleRequest } from "./sample-request.ts";

/** A call of our client, where the spec names its method. */
export function clientSample(request: SampleRequest): string | undefined {
  if (request.client === undefined) return undefined;
  const { user, password } = SAMPLE_CREDENTIALS;
  return `import { Dots } from "@dots-payouts/client";

const dots = new Dots({
  baseUrl: "${MOCK_URL}",
  clientId: "${user}",
  apiKey: "${password}",
});

const answer = await dots.${request.client}(${javaScriptLiteral(request.body)});
console.log(answer);`;
}

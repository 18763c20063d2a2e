import { javaScriptLiteral } from "./literal.ts";
import { MOCK_URL, SAMPLE_CREDENTIALS, type SampleRequest } from "./sample-request.ts";

/** A call of our client, where the spec names its method. */
export function clientSample(request: SampleRequest): string | undefined {
  if (request.client === undefined) return undefined;
  const given = [
    ...request.parameters.map((value) => JSON.stringify(value)),
    ...(request.body === undefined ? [] : [javaScriptLiteral(request.body)]),
  ];
  const call = `await dots.${request.client}(${given.join(", ")});`;
  const { user, password } = SAMPLE_CREDENTIALS;
  return `import { Dots } from "@dots-payouts/client";

const dots = new Dots({
  baseUrl: "${MOCK_URL}",
  clientId: "${user}",
  apiKey: "${password}",
});

${request.isAnswered ? `const answer = ${call}\nconsole.log(answer);` : call}`;
}

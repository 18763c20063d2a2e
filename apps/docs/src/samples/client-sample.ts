import { javaScriptLiteral } from "./literal.ts";
import { withoutKeyPlace } from "./sample-key.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest } from "./sample-request.ts";

/** A call with our client, if the spec names its method. */
export function clientSample(request: SampleRequest): string | undefined {
  if (request.client === undefined) return undefined;
  const given = [
    ...request.parameters.map((value) => JSON.stringify(value)),
    ...(request.body === undefined ? [] : [javaScriptLiteral(withoutKeyPlace(request.body))]),
    ...(Object.keys(request.query).length === 0 ? [] : [javaScriptLiteral(request.query)]),
    ...(request.takesKey ? ["{ idempotencyKey, keyIsNew: true }"] : []),
  ];
  const call = `dots.${request.client}(${given.join(", ")})`;
  const { user, password } = SAMPLE_CREDENTIALS;
  const credentials = [
    ...(request.login.kind === "basic" ? [`  clientId: "${user}",\n`] : []),
    ...(request.login.kind === "none" ? [] : [`  apiKey: "${password}",\n`]),
  ];
  const key = [
    ...request.keyAdvice.map((line) => `// ${line}`),
    "const idempotencyKey = crypto.randomUUID();",
    "",
  ];
  return `import { Dots } from "@dots-payouts/client";

const dots = new Dots({
  baseUrl: "${MOCK_URL}",
${credentials.join("")}});

${request.takesKey ? key.join("\n") : ""}${use(call, request)}`;
}

function use(call: string, { item, isAnswered }: SampleRequest): string {
  if (item !== undefined) return `for await (const ${item} of ${call}) {\n  console.log(${item});\n}`;
  return isAnswered ? `const answer = await ${call};\nconsole.log(answer);` : `await ${call};`;
}

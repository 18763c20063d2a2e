import { listSamples } from "../samples/list-samples.ts";
import type { Page, Site } from "../site/site.ts";
import { operationList } from "./operation-list.ts";

/** What this is, a first request, and where to go on. */
export function startPage(site: Site): Page {
  const [first] = site.operations.flatMap((operation) => listSamples(site.document, operation));
  const codes = (first?.codes ?? []).map(
    ({ language, label, code }) => `\`\`\`${language} ${label}\n${code}\n\`\`\``,
  );
  return {
    url: "",
    title: site.title,
    description: site.summary,
    markdown: `# ${site.title}

${site.summary} Here is a typed client that is safe to retry, a mock server that behaves like the API, a contract
suite for any server that claims to be it, and the reference, all made from one OpenAPI description.

## A first request

Run the mock with \`npx @dots-payouts/mock\`. It takes any credentials, and moves no money.

${codes.join("\n\n")}

[Change it and send it from here](/try/) · [Step by step](/guides/getting-started/)

## What you can do

${operationList(site.operations)}

## Where to go on

- [Guides](/guides/): errors, retries and idempotency, testing, and what a version promises
- [Reference](/reference/): every operation, field and answer
- [Try it](/try/): fill in a form, send it to the mock, read the answer
- [Downloads](/downloads/): the OpenAPI description, and requests for your editor
`,
  };
}

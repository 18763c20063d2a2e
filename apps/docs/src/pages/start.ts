import { listSamples } from "../samples/list-samples.ts";
import { listPublishedPackages } from "../site/repository.ts";
import type { Page, Site } from "../site/site.ts";
import { operationList } from "./operation-list.ts";

/** What this is, for whom, a first request, and where to go on. */
export function startPage(site: Site): Page {
  const [first] = site.operations.flatMap((operation) => listSamples(site.document, operation));
  const codes = (first?.codes ?? []).map(
    ({ language, label, code }) => `\`\`\`${language} ${label}\n${code}\n\`\`\``,
  );
  return {
    url: "",
    title: site.title,
    description: site.summary,
    width: "broad",
    markdown: `::: hero

::: hero-text

# ${site.title}

${site.summary} A toolkit for developers who move real money: a typed client that never pays twice, a mock server, a
contract suite and this reference, all made from one OpenAPI description.

::: actions

[Get started](/guides/getting-started/) [Browse the reference](/reference/)

:::

Run the mock, then send a first request. It takes any credentials and moves no money.

\`\`\`sh
npx @dots-payouts/mock
\`\`\`

${site.packages === "not published yet" ? "The packages are not published yet: until then, `npx -y pnpm@12 start` in a clone of the repository runs the mock." : ""}

:::

::: samples

${codes.join("\n\n")}

:::

:::

::: cards

- [**The first payout**](/guides/getting-started/)  \n  From nothing to a payout link on your own machine, without an account.
- [**Errors and the money**](/guides/errors/)  \n  What a failure says about the money, and what to do next.
- [**Idempotency**](/guides/idempotency/)  \n  How a payout is made once, even when an answer is lost.
- [**Testing**](/guides/testing/)  \n  Fast tests against a mock that checks, remembers and answers like the API.
- [**Try it**](/try/)  \n  Fill in a form, send it to the mock, read the answer.
- [**Contract suite**](/guides/contract-suite/)  \n  Find out whether a server does what the description says.

:::

## One description, and all that is made from it

\`\`\`fan
spec/openapi.yaml: written by hand, the only place where the API is described
${listPublishedPackages()
  .filter(({ folder }) => folder !== "spec")
  .map(({ name, description }) => `${name}: ${description}`)
  .join("\n")}
This site: guides, reference, samples and a console.
\`\`\`

## What you can do {#what-you-can-do}

${operationList(site.operations)}
`,
  };
}

import { listSamples } from "../samples/list-samples.ts";
import { notPublishedNote } from "../site/not-published.ts";
import { listPublishedPackages } from "../site/repository.ts";
import type { Page, Site } from "../site/site.ts";
import { eventPages } from "./events.ts";
import { operationList } from "./operation-list.ts";
import { statePages } from "./states.ts";
import { writtenPages } from "./written.ts";

/** The start page: what this is and for whom, a first request, and links to the guides. */
export function startPage(site: Site): Page {
  const shown = site.operations.find((operation) => listSamples(site.document, operation).length > 0);
  const [first] = shown === undefined ? [] : listSamples(site.document, shown);
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

${site.summary} A toolkit for developers who move real money: a typed client that retries without paying twice, a mock
server, a contract suite and this reference, all generated from one OpenAPI description.

::: actions

[Get started](/guides/getting-started/) [Browse the reference](/reference/)

:::

Run the mock, then send a first request. The mock accepts any credentials and moves no money.

\`\`\`sh
npx @dots-payouts/mock
\`\`\`

You need Node 22.18 or later. ${notPublishedNote(site)}

:::

::: samples

${codes.join("\n\n")}

:::

:::

::: cards

${cards()}

:::

## One description, and everything generated from it

\`\`\`fan
spec/openapi.yaml: written by hand, the only place where the API is described
${listPublishedPackages()
  .filter(({ folder }) => folder !== "spec")
  .map(({ name, description }) => `${name}: ${description}`)
  .join("\n")}
This site: guides, reference, samples and a console.
\`\`\`

## What you can do {#what-you-can-do}

::: operation-cards

${operationList(site.operations)}

:::
${afterwards(site)}`,
  };
}

/** Links to the first guides, and to the console. */
function cards(): string {
  const guides = writtenPages()
    .filter(({ order }) => order !== undefined)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .slice(0, 5);
  const console = {
    url: "try/",
    title: "Try it",
    description: "Fill in a form, send it to the mock, read the answer.",
  };
  return [...guides, console]
    .map(({ url, title, description }) => `- [**${title}**](/${url})  \n  ${description}`)
    .join("\n");
}

/** Links to states and events: what can happen to a created resource. Empty if the description has none. */
function afterwards(site: Site): string {
  const pages = [...statePages(site), ...eventPages(site)];
  const links = pages.map(({ url, title, description }) => `- [${title}](/${url}): ${description}`);
  return links.length === 0 ? "" : `\n## What happens next\n\n${links.join("\n")}\n`;
}

import { notPublishedNote } from "../site/not-published.ts";
import type { Page, Site } from "../site/site.ts";

export function downloadsPage(site: Site): Page {
  return {
    url: "downloads/",
    title: "Downloads",
    description: `The ${site.title} as files: OpenAPI, requests for an editor, and text for language models.`,
    markdown: `# Downloads

## The OpenAPI description

Version ${site.version}, as one self-contained file.

- [openapi.yaml](/openapi.yaml), to read
- [openapi.json](/openapi.json), for tools. Postman, Insomnia, Bruno and Hoppscotch import this file as a collection.

As a package: \`npm install @dots-payouts/spec\`. ${notPublishedNote(site)}

## Requests for your editor

- [requests.http](/requests.http): every documented example as a request. JetBrains IDEs, and VS Code with its REST
  Client, send it with one click. It goes to the mock until you change the first line.

## For language models

- [llms.txt](/llms.txt): what is here, with links to the Markdown version of every page
- Every page has a Markdown version: add \`index.md\` to its address
`,
  };
}

import type { Page } from "../site/site.ts";

export function notFoundPage(): Page {
  return {
    url: "404.html",
    title: "Page not found",
    description: "There is nothing at this address.",
    markdown: `# Page not found

There is nothing at this address. You may be looking for one of these:

- [The start page](/)
- [The reference](/reference/)
- [The guides](/guides/)
`,
  };
}

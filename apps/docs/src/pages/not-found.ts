import type { Page } from "../site/site.ts";

export function notFoundPage(): Page {
  return {
    url: "404.html",
    title: "There is no such page",
    description: "The address leads nowhere.",
    markdown: `# There is no such page

The address leads nowhere. Perhaps one of these is what you look for:

- [The start page](/)
- [The reference](/reference/)
- [The guides](/guides/)
`,
  };
}

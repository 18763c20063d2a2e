/** A part of the site. */
export interface Section {
  /** What the addresses of its pages begin with. */
  readonly url: string;
  readonly label: string;
  /** What its first page is called beside the others. @default its label */
  readonly whole?: string;
  /** The place that lists all of its pages, for a section that may have many. */
  readonly all?: string;
}

export const SECTIONS: readonly Section[] = [
  { url: "guides/", label: "Guides" },
  { url: "reference/", label: "Reference", whole: "The whole API", all: "#what-you-can-do" },
  { url: "try/", label: "Try it" },
  { url: "packages/", label: "Packages" },
  { url: "changelog/", label: "Changelog" },
  { url: "downloads/", label: "Downloads" },
];

/** The section that a page belongs to. */
export function sectionOf(url: string): Section | undefined {
  return SECTIONS.find((section) => url.startsWith(section.url));
}

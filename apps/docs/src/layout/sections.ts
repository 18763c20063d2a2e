/** A section of the site. */
export interface Section {
  /** The common beginning of its pages' addresses. */
  readonly url: string;
  readonly label: string;
  /**
   * The name of its first page in the list of pages.
   * @default its label
   */
  readonly whole?: string;
  /** A page that lists all pages of a section that may have many. */
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

/** Where the reader's language for samples is remembered: one choice for the whole site. */
export const LANGUAGE_KEY = "docs.language";

/** The key for the reader's preferred language of samples, which applies to the whole site. */
export const LANGUAGE_KEY = "docs.language";

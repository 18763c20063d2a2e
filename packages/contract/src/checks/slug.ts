/** A text as part of an ID: lower-case letters, digits and hyphens. */
export function slug(text: string): string {
  const words = text
    .replace(/(?<=\s)-(?=[\d.])/g, "minus ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return words === "" ? "empty" : words.slice(0, 80);
}

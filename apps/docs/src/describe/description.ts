/**
 * A Markdown description, split so that a list in it stays a list: the text before it, its items, and the text after
 * it.
 */
export interface Description {
  readonly before: string;
  readonly items: readonly string[];
  readonly after: string;
}

const BULLET = /^\s*[-*] +/;

/** Splits a description. Each part becomes one line, and several lists become one. */
export function readDescription(markdown: string): Description {
  const parts: { readonly isItem: boolean; text: string }[] = [];
  let open = false;
  for (const line of markdown.trim().split("\n")) {
    const last = parts.at(-1);
    if (BULLET.test(line)) parts.push({ isItem: true, text: line.replace(BULLET, "") });
    else if (last !== undefined && open && line.trim() !== "") last.text += ` ${line.trim()}`;
    else if (line.trim() !== "") parts.push({ isItem: false, text: line.trim() });
    open = line.trim() !== "";
  }
  const first = parts.findIndex(({ isItem }) => isItem);
  const lines = (from: number, to: number): string =>
    parts
      .slice(from, to)
      .filter(({ isItem }) => !isItem)
      .map(({ text }) => text.replace(/\s+/g, " "))
      .join(" ");
  return {
    before: lines(0, first === -1 ? parts.length : first),
    items: parts.filter(({ isItem }) => isItem).map(({ text }) => text.replace(/\s+/g, " ")),
    after: first === -1 ? "" : lines(first, parts.length),
  };
}

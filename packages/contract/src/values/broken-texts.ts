/** A text that is not JSON, but that careless parsers accept. */
export interface BrokenText {
  readonly name: string;
  readonly words: string;
  readonly text: string;
}

/** Ways to break a JSON text (RFC 8259). @param json a valid object */
export function brokenTexts(json: string): BrokenText[] {
  const inner = json.slice(1, -1);
  // Use an existing name: an unknown one would be refused for a different reason.
  const [name = '"x"'] = /^"(?:[^"\\]|\\.)*"/.exec(inner) ?? [];
  const texts = [
    { name: "no-body", words: "an empty body", text: "" },
    { name: "json-blank", words: "a body of spaces", text: "  " },
    { name: "json-cut", words: "JSON without its end", text: json.slice(0, -1) },
    {
      name: "json-cut-short",
      words: "JSON cut in the middle",
      text: json.slice(0, Math.ceil(json.length / 2)),
    },
    { name: "json-brace", words: "a lone brace", text: "{" },
    { name: "json-trailing", words: "JSON with text after it", text: `${json}x` },
    { name: "json-twice", words: "two JSON values in a row", text: `${json}${json}` },
    { name: "json-comma", words: "JSON with a comma too many", text: `{${inner},}` },
    { name: "json-quotes", words: "JSON with single quotes", text: json.replaceAll('"', "'") },
    { name: "json-unquoted", words: "JSON with an unquoted name", text: `{${name.slice(1, -1)}:1,${inner}}` },
    { name: "json-comment", words: "JSON with a comment", text: `{/* comment */${inner}}` },
    { name: "json-nan", words: "JSON with NaN in it", text: `{${name}:NaN,${inner}}` },
    { name: "json-colon", words: "JSON with a colon missing", text: `{${name} 1,${inner}}` },
    { name: "json-form", words: "a form instead of JSON", text: "a=1&b=2" },
    { name: "json-xml", words: "XML instead of JSON", text: "<a>1</a>" },
  ];
  // Without quotes, the text would not change.
  return texts.filter(({ text }) => !isWhole(text));
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

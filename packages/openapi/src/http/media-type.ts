/** A media type without its parameters, in lower case. */
export function essence(value: string): string {
  const end = value.indexOf(";");
  return (end === -1 ? value : value.slice(0, end)).trim().toLowerCase();
}

/** The value of a media type's parameter, in lower case and without quotes. */
export function parameter(value: string, name: string): string | undefined {
  if (!value.includes(";")) return undefined;
  for (const part of value.split(";").slice(1)) {
    const [key, ...rest] = part.split("=");
    if (key?.trim().toLowerCase() === name)
      return rest
        .join("=")
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .toLowerCase();
  }
  return undefined;
}

/** Whether content of this type is JSON: `application/json`, or a type that ends in `+json` (RFC 6839). */
export function isJson(type: string): boolean {
  const name = essence(type);
  return name === "application/json" || name.endsWith("+json");
}

/** Whether a declared type, which may be a range such as `text/*`, covers a type that was sent. */
export function covers(declared: string, type: string): boolean {
  const range = essence(declared);
  const name = essence(type);
  if (name === "") return false;
  if (range === "*/*") return true;
  return range.endsWith("/*") ? name.startsWith(range.slice(0, -1)) : range === name;
}

/**
 * Whether an Accept header (RFC 9110 §12.5.1) accepts a type, or a part of it if it is a range. The most specific range
 * decides.
 */
export function accepts(accept: string | undefined, type: string): boolean {
  if (accept === undefined || accept === "*/*" || accept === type || type === "*/*") return true;
  let best = { precision: -1, quality: 0 };
  for (const range of accept.split(",")) {
    const name = essence(range);
    if (!covers(name, type) && !(type.endsWith("/*") && covers(type, name))) continue;
    const precision = precisionOf(name);
    if (precision <= best.precision) continue;
    const quality = Number(parameter(range, "q") ?? 1);
    best = { precision, quality: Number.isNaN(quality) ? 0 : quality };
  }
  return best.quality > 0;
}

/** The declared content for a type that was sent: the type itself, else the narrowest range that covers it. */
export function contentFor<Media extends { readonly type: string }>(
  content: readonly Media[],
  type: string,
): Media | undefined {
  const precision = ({ type: declared }: Media): number => precisionOf(essence(declared));
  return content
    .filter((media) => covers(media.type, type))
    .reduce<Media | undefined>(
      (best, media) => (best === undefined || precision(media) > precision(best) ? media : best),
      undefined,
    );
}

// From most to least specific: the type itself, a range such as text/*, or everything.
function precisionOf(name: string): number {
  if (name === "*/*") return 0;
  return name.endsWith("/*") ? 1 : 2;
}

/** The type to send for a declared one: a range becomes JSON or plain text. */
export function concreteType(declared: string): string {
  const range = essence(declared);
  if (range === "*/*" || range === "application/*") return "application/json";
  return range === "text/*" ? "text/plain" : declared;
}

/** The content to read or write as JSON: the first JSON type, else the first range that includes JSON. */
export function jsonContent<Media extends { readonly type: string }>(
  content: readonly Media[],
): Media | undefined {
  return (
    content.find(({ type }) => isJson(type)) ?? content.find(({ type }) => covers(type, "application/json"))
  );
}

/**
 * Shows a body: formatted JSON, with the places in `pointers` (JSON Pointers) marked, or any other text unchanged.
 * For a missing field, the object that lacks it is marked.
 */
export function showBody(text, pointers) {
  const block = document.createElement("pre");
  block.tabIndex = 0;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    block.textContent = text === "" ? "no body" : text;
    return block;
  }
  const marked = new Set(pointers.map((pointer) => nearest(value, pointer)).filter((place) => place !== ""));
  block.append(...lines(value, "", "", marked));
  return block;
}

/** The pointer itself, or the nearest one above it that leads somewhere. */
function nearest(root, pointer) {
  let value = root;
  let found = "";
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return found;
    value = value[key];
    found += `/${token}`;
  }
  return found;
}

function lines(value, pointer, indent, marked) {
  if (typeof value !== "object" || value === null) return [JSON.stringify(value)];
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return [list ? "[]" : "{}"];
  const inner = `${indent}  `;
  const parts = [list ? "[\n" : "{\n"];
  for (const [index, [key, child]] of entries.entries()) {
    const here = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const line = [...(list ? [] : [`${JSON.stringify(key)}: `]), ...lines(child, here, inner, marked)];
    parts.push(inner, ...(marked.has(here) ? [mark(line)] : line), index < entries.length - 1 ? ",\n" : "\n");
  }
  return [...parts, indent, list ? "]" : "}"];
}

function mark(parts) {
  const element = document.createElement("mark");
  element.append(...parts);
  return element;
}

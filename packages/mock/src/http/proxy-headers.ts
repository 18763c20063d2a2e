/** Headers about one connection, not about the message (RFC 9110 §7.6.1), and `Expect`, which is handled here. */
const HOP_BY_HOP = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers to forward, names and values alternating, as they were written. */
export function passedOn(rawHeaders: readonly string[]): string[] {
  const pairs = pairsOf(rawHeaders);
  const dropped = new Set(HOP_BY_HOP);
  for (const [name, value] of pairs) {
    if (name.toLowerCase() !== "connection") continue;
    for (const token of value.split(",")) dropped.add(token.trim().toLowerCase());
  }
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat();
}

/** The same headers with `Host` for the server that they are sent to. */
export function withHost(rawHeaders: readonly string[], host: string): string[] {
  const others = pairsOf(rawHeaders).filter(([name]) => name.toLowerCase() !== "host");
  return ["Host", host, ...others.flat()];
}

function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
}

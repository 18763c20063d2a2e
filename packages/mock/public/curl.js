/**
 * A request as a curl command. Credentials are masked in the journal, so the command has placeholders for them. The
 * page is served as it is, without a build, so it can't use the `curlCommand` that all other code uses.
 */
export function toCurl(entry, origin) {
  const parts = [`curl ${quote(origin + entry.path)}`];
  if (entry.method !== "POST" || entry.body === "") parts.push(`-X ${entry.method}`);
  for (const [name, value] of Object.entries(entry.headers)) {
    if (name === "authorization" && /^basic /i.test(value)) parts.push("-u client:key");
    else if (!LEFT_OUT.has(name)) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  }
  if (entry.body !== "") parts.push(`--data-raw ${quote(entry.body)}`);
  return parts.join(" \\\n  ");
}

/** Headers that curl or the connection sets. */
const LEFT_OUT = new Set([
  "accept-encoding",
  "accept-language",
  "connection",
  "content-length",
  "host",
  "sec-fetch-mode",
  "transfer-encoding",
  "user-agent",
]);

function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

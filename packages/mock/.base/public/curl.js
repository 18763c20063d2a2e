/**
 * A request as a curl command. Credentials are masked in the journal, so that placeholders take their place. The page is
 * served as it stands, without a build, so it cannot use the `curlCommand` that everything else uses.
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

/** What curl or the connection says for itself. */
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

/** What a test needs of an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export const AUTHORIZATION = `Basic ${Buffer.from("client:key").toString("base64")}`;

/** Posts JSON with credentials; `headers` go above the usual ones. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: AUTHORIZATION, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: asObject(text) };
}

function asObject(text: string): Record<string, unknown> {
  if (!text.startsWith("{")) return {};
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

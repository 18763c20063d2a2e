/** The parts of an answer that tests need. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export const AUTHORIZATION = `Basic ${Buffer.from("client:key").toString("base64")}`;

/** Posts JSON with credentials; `headers` override the usual ones. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return send("POST", url, headers, typeof body === "string" ? body : JSON.stringify(body));
}

/** Sends a request with credentials, and with JSON if there is a body. */
export async function send(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(url, {
    method,
    headers: { authorization: AUTHORIZATION, ...type, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: asObject(text) };
}

function asObject(text: string): Record<string, unknown> {
  if (!text.startsWith("{")) return {};
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

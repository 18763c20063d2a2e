import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";

const JSON_ANSWER = { "application/json": { schema: { type: "object" }, example: { ok: true } } };
const taking = (content: object) => ({
  post: {
    requestBody: { required: true, content },
    responses: { "200": { description: "", content: JSON_ANSWER } },
  },
});
const giving = (content: object) => ({ get: { responses: { "200": { description: "", content } } } });
const text = { schema: { type: "string" } };

const SPEC = {
  openapi: "3.1.0",
  info: { title: "Media", version: "1" },
  paths: {
    "/multipart": taking({ "multipart/form-data": { schema: { type: "object" } }, "application/json": {} }),
    "/binary": taking({ "application/octet-stream": { schema: { type: "string", format: "binary" } } }),
    "/text": taking({ "text/plain": text }),
    "/events": giving({ "text/event-stream": text }),
    "/pdf": giving({ "application/pdf": {} }),
    "/lines": giving({ "application/jsonl": { schema: { type: "object" } } }),
    "/xml": giving({ "application/xml": { schema: { type: "object" }, example: { a: 1 } } }),
    "/csv": giving({ "text/csv": text }),
    "/page": giving({ "application/xhtml+xml": { ...text, example: "<p>Hello</p>" } }),
    "/both": giving({ "text/event-stream": text, ...JSON_ANSWER }),
  },
};

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0, spec: SPEC });
});
afterAll(() => mock.close());

async function exchange(path: string, init?: RequestInit) {
  const response = await fetch(mock.url + path, init);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

const sent = (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
  exchange(path, { method: "POST", body, ...(type !== "" && { headers: { "content-type": type } }) });

describe("a body that can't be checked", () => {
  it.each<[path: string, type: string, body: string | Uint8Array<ArrayBuffer>]>([
    [
      "/multipart",
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    ],
    ["/binary", "application/octet-stream", new Uint8Array([255, 0, 254])],
  ])("is refused with its type and place: %s", async (path, type, body) => {
    const { status, text: answer } = await sent(path, type, body);
    expect(status).toBe(501);
    expect(JSON.parse(answer).message).toBe(
      `A body of type ${type.split(";")[0]} is not read by the mock: #/paths/~1${path.slice(1)}/post/requestBody.`,
    );
  });

  it("does not prevent JSON or text in the same operation", async () => {
    expect((await sent("/multipart", "application/json", "{}")).status).toBe(200);
    expect((await sent("/text", "text/plain", "Hello")).status).toBe(200);
  });
});

describe("an answer that can't be generated", () => {
  it.each(["/events", "/pdf", "/lines", "/xml"])("is refused with its type and place: %s", async (path) => {
    const { status, text: answer } = await exchange(path);
    expect(status).toBe(501);
    expect(JSON.parse(answer).message).toMatch(
      new RegExp(
        `^The mock does not make up \\S+: #/paths/~1${path.slice(1)}/get/responses/200\\. Give it an example\\.$`,
      ),
    );
  });

  it("uses its example, text on request, or JSON if there is some", async () => {
    expect(await exchange("/page")).toMatchObject({ status: 200, text: "<p>Hello</p>" });
    expect(await exchange("/csv")).toMatchObject({ status: 200, type: "text/csv" });
    expect(await exchange("/both")).toMatchObject({ status: 200, text: '{"ok":true}' });
    expect((await exchange("/both", { headers: { accept: "text/event-stream" } })).status).toBe(501);
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { AUTHORIZATION } from "../send.ts";

let mock: Mock;
let folder: string;
let cert: string;
let key: string;
let trusted: string;
beforeAll(async () => {
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    notAfterDate: new Date(Date.now() + 3_600_000),
  });
  folder = await mkdtemp(join(tmpdir(), "mock-certificate-"));
  cert = join(folder, "cert.pem");
  key = join(folder, "key.pem");
  trusted = made.cert;
  await Promise.all([writeFile(cert, made.cert), writeFile(key, made.private)]);
  mock = await startMock({ cert, key, host: "localhost" });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

/** Posts a link to a server that must have the certificate above. */
function pay(url: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const all = { authorization: AUTHORIZATION, "content-type": "application/json", ...headers };
    const outgoing = request(url, { method: "POST", headers: all, ca: trusted, agent: false });
    outgoing.on("error", reject);
    outgoing.on("response", (answer) => {
      answer.on("error", reject).on("end", () => resolve(answer.statusCode));
      answer.resume();
    });
    outgoing.end('{"amount":5}');
  });
}

describe("a mock with a certificate", () => {
  it("serves HTTPS", async () => {
    expect(mock.url).toMatch(/^https:/);
    expect(await pay(`${mock.url}/v2/payout-links`)).toBe(200);
  });

  it("can reset a connection, and keeps serving", async () => {
    await expect(pay(`${mock.url}/v2/payout-links`, { prefer: "fault=reset" })).rejects.toThrow(
      /hang up|ECONNRESET/,
    );
    expect(await pay(`${mock.url}/v2/payout-links`)).toBe(200);
  });

  it("does not answer plain HTTP", async () => {
    await expect(fetch(mock.url.replace("https", "http"))).rejects.toThrow("fetch failed");
    expect(await pay(`${mock.url}/v2/payout-links`)).toBe(200);
  });
});

describe("a certificate", () => {
  it("is refused without its key", () => expect(startMock({ cert })).rejects.toThrow(/needs its key/));

  it("is refused if the file does not exist", () =>
    expect(startMock({ cert: `${cert}.gone`, key })).rejects.toThrow(
      /The file of cert cannot be read .*ENOENT/,
    ));

  it("is refused if it is invalid", () =>
    expect(startMock({ cert: key, key })).rejects.toThrow(/cannot be used with this key/));
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyWebhook, WebhookError, type WebhookHeaders } from "../../src/webhooks/index.ts";
import { thrown } from "../client.ts";
import { OTHER_SECRET, SECRET, signed } from "./sign.ts";

const BODY = '{"event":"payout_link.updated","payout_link_id":"6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51"}';

/** In milliseconds. */
const NOW = 1_790_000_000_000;
const sign: typeof signed = (body, how) => signed(body, { at: NOW / 1000, ...how });

/** Why a webhook is refused. */
function refusal(
  headers: WebhookHeaders,
  body: string | Uint8Array = BODY,
  secret: string | string[] = SECRET,
) {
  const error = thrown(() => verifyWebhook(headers, body, secret));
  if (!(error instanceof WebhookError)) throw error;
  return error;
}

describe("a webhook", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is that of the published test vector", () => {
    vi.setSystemTime(1_614_265_330_000);
    const [id, at] = ["msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"];
    const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    for (const prefix of ["svix", "webhook"]) {
      const headers = {
        [`${prefix}-id`]: id,
        [`${prefix}-timestamp`]: at,
        [`${prefix}-signature`]: signature,
      };
      expect(verifyWebhook(headers, '{"test": 2432232314}', SECRET)).toEqual({
        deliveryId: id,
        sentAt: new Date("2021-02-25T15:02:10Z"),
        body: { test: 2432232314 },
      });
      expect(refusal(headers, '{"test": 2432232315}').reason).toBe("signature");
    }
  });

  describe("comes with headers", () => {
    const headers = sign(BODY);
    const pairs = Object.entries(headers);
    const upper = pairs.map(([name, value]): [string, string] => [name.toUpperCase(), value]);
    it.each<[string, WebhookHeaders]>([
      ["Headers", new Headers(headers)],
      ["an object", { host: "example.com", missing: undefined, ...headers }],
      ["an object in upper case", Object.fromEntries(upper)],
      ["an object of lists", Object.fromEntries(pairs.map(([name, value]) => [name, [value]]))],
      ["pairs", pairs],
      ["a map", new Map(pairs)],
      ["Node's raw headers", ["Host", "example.com", ...upper.flat()]],
      ["an object that inherits nothing", Object.assign(Object.create(null), headers)],
      [
        "a signature in two headers",
        { ...headers, "svix-signature": ["v1,AAAA", String(headers["svix-signature"])] },
      ],
    ])("as %s", (_, given) => {
      expect(verifyWebhook(given, BODY, SECRET)).toMatchObject({ event: "payout_link.updated" });
    });
  });

  it.each([
    ["text", (text: string) => text],
    ["a Buffer", (text: string) => Buffer.from(text)],
    ["a part of a Buffer", (text: string) => Buffer.from(`--${text}--`).subarray(2, -2)],
    ["a Uint8Array", (text: string) => new TextEncoder().encode(text)],
    ["an ArrayBuffer", (text: string) => new TextEncoder().encode(text).buffer],
  ])("is read from %s", (_, make) => {
    const text = `{ "memo": "Überweisung für 李雷 🎉\\u00e9", "pad": "${"ü".repeat(500_000)}" }`;
    const event = verifyWebhook(sign(text), make(text), SECRET);
    expect(event.body).toEqual(JSON.parse(text));
    expect(event.sentAt).toEqual(new Date(NOW));
  });

  it("says when it was signed, to the second that was signed", () => {
    expect(verifyWebhook(sign(BODY, { at: 1_789_999_850 }), BODY, SECRET).sentAt).toEqual(
      new Date(1_789_999_850_000),
    );
  });

  describe("is refused", () => {
    it.each([
      ["a wrong secret", sign(BODY), BODY, OTHER_SECRET, "signature"],
      ["another body", sign(BODY), BODY.replace("6d1c", "6d1d"), SECRET, "signature"],
      ["JSON that was rewritten", sign(BODY), JSON.stringify(JSON.parse(BODY), null, 1), SECRET, "signature"],
      ["another ID", { ...sign(BODY), "svix-id": "msg_other" }, BODY, SECRET, "signature"],
      ["another time", { ...sign(BODY), "svix-timestamp": "1790000001" }, BODY, SECRET, "signature"],
      ["two IDs", { ...sign(BODY), "svix-id": ["a", "b"] }, BODY, SECRET, "headers"],
      ["an empty signature", { ...sign(BODY), "svix-signature": "v1," }, BODY, SECRET, "signature"],
      ["a signature without a version", { ...sign(BODY), "svix-signature": "v1" }, BODY, SECRET, "signature"],
      ["a mark before the body", sign(BODY), `\uFEFF${BODY}`, SECRET, "signature"],
      ["a time that is not one", { ...sign(BODY), "svix-timestamp": "1790000000x" }, BODY, SECRET, "headers"],
      ["an ID that holds a body", { ...sign(BODY), "svix-id": 'm.1.{"a":1}' }, BODY, SECRET, "headers"],
      ["no headers", {}, BODY, SECRET, "headers"],
      ["no JSON", sign("<html>"), "<html>", SECRET, "body"],
      ["a list", sign("[]"), "[]", SECRET, "body"],
      ["an empty body", sign(""), "", SECRET, "body"],
    ] as const)("with %s", (_, headers, body, secret, reason) => {
      const error = refusal(headers, body, secret);
      expect(error).toMatchObject({ name: "WebhookError", reason, status: 400 });
    });

    it("with a signature of another version only", () => {
      const headers = sign(BODY);
      const [, value] = String(headers["svix-signature"]).split(",");
      expect(refusal({ ...headers, "svix-signature": `v1a,${value} v2,${value}` }).reason).toBe("signature");
    });

    it("with one of its headers under the other name", () => {
      const { "svix-id": id = "", ...rest } = sign(BODY);
      expect(refusal({ ...rest, "webhook-id": id }).reason).toBe("headers");
    });

    it("with bytes that are not UTF-8", () => {
      const bytes = Uint8Array.of(0x7b, 0xff, 0x7d);
      expect(refusal(sign(bytes), bytes).reason).toBe("body");
    });

    it.each([-301, 301, -86_400, 1e9])("when it was signed %i seconds from now", (seconds) => {
      const error = refusal(sign(BODY, { at: NOW / 1000 + seconds }));
      expect(error).toMatchObject({ reason: "timestamp", status: 400 });
      expect(error.message).toContain(`${Math.abs(seconds)} seconds ${seconds < 0 ? "ago" : "ahead"}`);
    });
  });

  it.each([-300, 300])("is taken when it was signed %i seconds from now", (seconds) => {
    const headers = sign(BODY, { at: NOW / 1000 + seconds });
    expect(verifyWebhook(headers, BODY, SECRET).deliveryId).toBe(headers["svix-id"]);
    vi.setSystemTime(NOW + Math.sign(seconds) * -1000);
    expect(refusal(headers).reason).toBe("timestamp");
  });

  it("is taken while the secret is changed, on either side", () => {
    const [old, fresh] = [sign(BODY), sign(BODY, { secret: OTHER_SECRET })];
    expect(verifyWebhook(old, BODY, [OTHER_SECRET, SECRET]).event).toBe("payout_link.updated");
    const both = { ...fresh, "svix-signature": `${old["svix-signature"]} ${fresh["svix-signature"]}` };
    for (const secret of [SECRET, OTHER_SECRET]) {
      expect(verifyWebhook(both, BODY, secret).event).toBe("payout_link.updated");
    }
    expect(refusal(old, BODY, [OTHER_SECRET, OTHER_SECRET]).reason).toBe("signature");
  });

  it.each([
    ["an empty secret", ""],
    ["no secret but its beginning", "whsec_"],
    ["no base64", "whsec_not base64!"],
    ["no secret at all", []],
    ["a variable that was not set", "undefined"],
    ["the same behind the beginning", "whsec_undefined"],
    ["a placeholder", "whsec_changeme"],
    ["a secret of one byte", "whsec_AA=="],
    ["a secret without its beginning", SECRET.slice(6)],
    ["one wrong secret of two", [SECRET, "whsec_pass word"]],
  ])("cannot be checked with %s, which is the fault of the receiver", (_, secret) => {
    const error = refusal(sign(BODY), BODY, secret);
    expect(error).toMatchObject({ reason: "setup", status: 500 });
    expect(error.cause).toBeUndefined();
    for (const one of [secret].flat()) if (one.length > 6) expect(String(error.stack)).not.toContain(one);
  });

  it("cannot be checked with a body that was parsed, and says so", () => {
    const parsed: object = JSON.parse(BODY);
    // @ts-expect-error: JSON that is rewritten is not what was signed
    const error = thrown(() => verifyWebhook(sign(BODY), parsed, SECRET));
    expect(error).toMatchObject({ reason: "setup", message: expect.stringContaining("raw body") });
  });

  it("is not signed where headers are no texts", () => {
    const names = Object.keys(sign(BODY));
    const headers = Object.fromEntries(names.map((name) => [name, null]));
    // @ts-expect-error: no server gives null
    const error = thrown(() => verifyWebhook(headers, BODY, SECRET));
    expect(error).toMatchObject({ reason: "headers" });
  });

  it("cannot be checked without headers, and says so", () => {
    for (const headers of [undefined, null, "svix-id: 1"]) {
      // @ts-expect-error: these are no headers
      expect(thrown(() => verifyWebhook(headers, BODY, SECRET))).toMatchObject({
        reason: "setup",
        status: 500,
      });
    }
  });

  it("never has the secret or the body in an error", () => {
    const error = refusal(sign(BODY), BODY, OTHER_SECRET);
    const seen = `${error.stack} ${JSON.stringify(error)}`;
    for (const hidden of [OTHER_SECRET.slice(6), "payout_link_id"]) expect(seen).not.toContain(hidden);
  });
});

it("knows its errors from every copy of the package", () => {
  expect(refusal({})).toBeInstanceOf(WebhookError);
  for (const other of [new Error("headers"), null, { reason: "headers" }]) {
    expect(WebhookError.is(other)).toBe(false);
    expect(other).not.toBeInstanceOf(WebhookError);
  }
});

import { onFirstUse } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { html, junit, pretty } from "../src/index.ts";
import { github, markdown } from "../src/report/github.ts";
import { overlooks, refuses } from "./faults/fault.ts";
import { checkReference } from "./servers.ts";

const noFalse = refuses((sent) => sent["tax_exempt"] === false);
const anyAmount = overlooks(({ instancePath }) => instancePath === "/amount");
/** What several tests look at. */
const anyAmountReport = onFirstUse(() =>
  checkReference(anyAmount, { only: ["createPayoutRequest/refuses"] }),
);
/** A server whose message no report may take for its own format. */
const MESSAGE = "::error::no\n100% <script>alert(1)</script> <&\"'>\u0000\u0007\ud800";
const failsReport = onFirstUse(() =>
  checkReference(
    { reply: (reply) => ({ ...reply, status: 500, body: { message: MESSAGE } }) },
    { only: ["createPayoutRequest/answers"] },
  ),
);

describe("the report", () => {
  it("shows the smallest request, the promise, its place in the spec, the answer, and a command to repeat it", async () => {
    const report = await checkReference(noFalse, { only: ["createPayoutLink/accepts/tax-exempt"] });
    expect(report.causes).toHaveLength(1);
    const [cause] = report.causes;
    const sent = cause?.detail.exchanges.at(-1);
    expect(cause?.cause).toBe("a valid request is answered with 400: /tax_exempt");
    expect(cause?.detail.expected).toBe("a valid request is answered with 200 or 201 or 202");
    expect(cause?.detail.place).toBe("/paths/~1v2~1payout-links/post/responses/200");
    expect(sent?.request).toBe('POST /v2/payout-links {"amount":1,"tax_exempt":false}');
    expect(sent?.answer).toBe('400 {"message":"The request is not valid."}');
    expect(sent?.curl).toMatch(/ -u "\$\{DOTS_CLIENT_ID\}:\$\{DOTS_API_KEY\}" /);
    expect(sent?.curl).toContain("--data-binary");
  });

  it("reduces random requests to small ones", async () => {
    const rare = refuses((sent) => sent["tax_exempt"] === true && sent["payout_fee_party"] === null);
    const report = await checkReference(rare, { only: ["createPayoutLink/accepts/random"] });
    expect(report.causes[0]?.detail.exchanges.at(-1)?.request).toBe(
      'POST /v2/payout-links {"tax_exempt":true,"payout_fee_party":null,"amount":1}',
    );
  });

  it("shows an answer on one line, so that no server can start a line with a GitHub Actions command", async () => {
    const report = await checkReference(
      { reply: (reply) => ({ ...reply, body: Buffer.from('{"message":"x"}\n::error::y\n\u001b[1m') }) },
      { only: ["createPayoutLink/accepts/example"] },
    );
    const text = pretty(report, false);
    expect(text).toContain('{"message":"x"} ::error::y \\u001b[1m');
    expect(text).not.toContain("\u001b");
    expect(text).not.toMatch(/^\s*::/m);
  });

  it("reports twenty symptoms of one cause as one", async () => {
    const report = await checkReference(
      { reply: (reply) => ({ ...reply, headers: { "content-type": "text/plain" } }) },
      { only: ["createPayoutRequest/refuses", "createPayoutRequest/answers"] },
    );
    expect(report.failed + report.differing).toBeGreaterThan(100);
    expect(report.causes.length + report.assumptions.length).toBeLessThan(8);
  });

  it("reports a server without any validation as one cause", async () => {
    const report = await checkReference(
      overlooks(() => true),
      { only: ["createPayoutRequest/refuses", "sendPayout/refuses"] },
    );
    expect(report.causes.map(({ cause, operations }) => [cause, operations.length])).toEqual([
      ["no invalid request is refused", 2],
    ]);
  });

  it("reports two faults separately", async () => {
    const report = await checkReference(
      overlooks(({ instancePath, keyword }) => instancePath === "/memo" || keyword === "exclusiveMinimum"),
      { only: ["createPayoutRequest/refuses"] },
    );
    expect(report.causes.map(({ cause }) => cause)).toEqual([
      "not refused: /amount must be greater than 0",
      "not refused: /memo must be a string",
    ]);
  });

  it("has the documented shape", async () => {
    const report = await anyAmountReport();
    const { passed, failed, differing, refused } = report;
    expect(passed + failed + differing + refused).toBe(report.checks.length);
    expect(report.seed).toBe(1);
    for (const check of report.checks) {
      expect(check).toMatchObject({
        id: expect.any(String),
        operation: "createPayoutRequest",
        title: expect.any(String),
      });
      expect(check.detail === undefined).toBe(check.status === "passed");
    }
    expect(new Set(report.checks.map(({ id }) => id)).size).toBe(report.checks.length);
  });
});

describe("the reporters", () => {
  it("print for a terminal, with colors only on request", async () => {
    const report = await anyAmountReport();
    const text = pretty(report, false);
    expect(text).toContain("✗ createPayoutRequest");
    expect(text).toMatch(/repeat {4}curl -isS -X POST http/);
    expect(text).toContain("seed 1");
    expect(text).not.toContain("\u001b");
    expect(pretty(report, true)).toContain("\u001b[31m");
  });

  it("write well-formed JUnit, whatever a server answers", async () => {
    const report = await failsReport();
    const xml = junit(report);
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="http:[^"]+" tests="\d+" failures="\d+"/,
    );
    expect(xml).toContain(`failures="${report.failed}"`);
    expect([...xml].every((character) => character >= " " || character === "\n")).toBe(true);
    expect(xml.replace(/<[^<>]*>/g, "")).not.toMatch(/[<>]/);
    expect(xml).toContain('<property name="seed" value="1"/>');
  });

  it("write one JUnit failure per case, with the severity", async () => {
    const report = await anyAmountReport();
    const cases = junit(report).split("<testcase");
    expect(cases.every((text) => text.split("<failure").length <= 2)).toBe(true);
    expect(junit(report)).toContain('<failure type="money" message="money: not refused: /amount');
  });

  it("list the worst first", async () => {
    const report = await checkReference(
      {
        ...anyAmount,
        reply: (reply) =>
          reply.status === 201 ? { ...reply, headers: { "content-type": "text/plain" } } : reply,
      },
      { only: ["createPayoutRequest/refuses/amount", "createPayoutRequest/accepts/example"] },
    );
    const places = (text: string): number[] => [
      text.indexOf("/amount must be an integer"),
      text.indexOf("have content type text/plain"),
    ];
    for (const text of [pretty(report, false), html(report), github(report), markdown(report)]) {
      const [money = -1, form = -1] = places(text);
      expect(money).toBeGreaterThan(-1);
      expect(form).toBeGreaterThan(money);
    }
  });

  it("write annotations on one line each, whatever a server answers", async () => {
    const report = await failsReport();
    const lines = github(report).trimEnd().split("\n");
    expect(lines).toHaveLength(report.causes.length + 1);
    expect(lines.every((line) => /^::(error|notice) title=[^:]*::/.test(line))).toBe(true);
    expect(markdown(report)).toContain("## ❌ Broke");
  });

  it("write a page that loads nothing and contains no markup from the server", async () => {
    const report = await failsReport();
    const page = html(report);
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/(src|href)="(?!data:,)/);
    expect(page).toContain("&lt;script&gt;");
  });
});

describe("the seed", () => {
  it("repeats exactly the same requests", async () => {
    const bodies = async (seed: number): Promise<string[]> => {
      const sent: string[] = [];
      const note = {
        reply: <Reply>(reply: Reply, { raw }: { raw: Buffer }): Reply => {
          sent.push(String(raw).replace(/"idempotency_key":"[^"]*"/, ""));
          return reply;
        },
      };
      await checkReference(note, { seed, only: ["createPayoutRequest/accepts/random"], concurrency: 1 });
      return sent.toSorted();
    };
    const [one, again, other] = [await bodies(5), await bodies(5), await bodies(6)];
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    expect(one.length).toBeGreaterThanOrEqual(50);
  });
});

describe("shards", () => {
  it("are disjoint, and complete together", async () => {
    const ids = async (shard?: { index: number; total: number }): Promise<string[]> => {
      const { checks } = await checkReference({}, { shard, only: ["createPayoutRequest/authenticates"] });
      return checks.map(({ id }) => id);
    };
    const parts = [
      await ids({ index: 1, total: 3 }),
      await ids({ index: 2, total: 3 }),
      await ids({ index: 3, total: 3 }),
    ];
    const whole = await ids();
    expect(parts.every((part) => part.length > 2)).toBe(true);
    expect(parts.flat()).toHaveLength(whole.length);
    expect(parts.flat().toSorted()).toEqual(whole.toSorted());
  });
});

describe("bail", () => {
  it("stops after the first broken promise", async () => {
    const report = await checkReference(anyAmount, {
      bail: true,
      concurrency: 1,
      only: ["createPayoutRequest"],
    });
    expect(report.failed).toBe(1);
    expect(
      report.coverage.notExercised.some(({ reason }) =>
        reason.includes("stopped at the first broken promise"),
      ),
    ).toBe(true);
  });
});

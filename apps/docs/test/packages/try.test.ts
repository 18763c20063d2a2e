import { sharedChromium } from "@dots-payouts/chromium";
import { type Mock, startMock } from "@dots-payouts/mock";
import { listOperations, removeAt } from "@dots-payouts/openapi";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type DocsServer, serveDocs } from "../../src/index.ts";
import { markNewKinds, newViolations } from "../support/axe.ts";
import { bundle } from "../support/bundle.ts";
import { load, newPage, type Visit } from "../support/visit.ts";

const operations = listOperations(bundle);

describe("the console", () => {
  let docs: DocsServer;
  let mock: Mock;
  // All tests use one page: a new one takes longer than most of them.
  let visited: Visit;

  beforeAll(async () => {
    mock = await startMock({ port: 0, spec: bundle });
    docs = await serveDocs({ port: 0, liveReload: false, mockUrl: mock.url });
    visited = await newPage(await sharedChromium(), new URL(docs.url).origin);
  });

  afterAll(async () => {
    await visited?.page.context().close();
    await mock?.close();
    await docs?.close();
  });

  async function open(id: string): Promise<Visit> {
    await load(visited.page, `${docs.url}try/#${id}`);
    visited.complaints.length = 0;
    return visited;
  }
  const answerOf = (page: Page) => page.locator("#answer");
  const bodyOf = (page: Page) => page.getByLabel("Body of the request");

  async function sendAndWait(page: Page, status: RegExp): Promise<void> {
    // Cheaper than the steps of a mouse, with which other tests click.
    await page.getByRole("button", { name: "Send", exact: true }).press("Enter");
    await answerOf(page).getByText(status).waitFor();
  }

  it("has every operation", async () => {
    const { page, complaints } = await open("");
    const choice = page.getByLabel("Operation");
    await choice.locator("option").first().waitFor({ state: "attached" });
    expect((await choice.locator("option").allTextContents()).sort()).toEqual(
      operations.map(({ id, summary }) => summary ?? id).sort(),
    );
    const shown = await choice.evaluate(async (select: HTMLSelectElement) => {
      const texts: string[] = [];
      for (const { value } of [...select.options]) {
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        texts.push(document.querySelector("main")?.textContent ?? "");
      }
      return texts;
    });
    for (const [index, { method, path }] of operations.entries())
      expect(shown[index]).toContain(`${method} ${path}`);
    expect(complaints).toEqual([]);
  });

  const withBodies = operations.filter(({ requestBody }) => requestBody !== undefined);
  it.each(withBodies)("sends examples of $id, and shows the response", async (operation) => {
    const { id, requestBody, summary, idempotencyKey } = operation;
    const { page, complaints } = await open(id);
    expect(await page.getByLabel("Operation").locator("option:checked").textContent()).toBe(summary);
    const examples = requestBody?.content[0]?.examples ?? [];
    for (const example of inject("full") ? examples : examples.slice(-1)) {
      await page.getByRole("button", { name: example.summary ?? example.name, exact: true }).click();
      await sendAndWait(page, /^Answer 20\d in \d+ ms$/);
      const sent = JSON.parse(mock.requests.at(-1)?.body ?? "");
      const strip = (body: typeof sent) =>
        idempotencyKey === undefined ? body : removeAt(body, idempotencyKey.pointer);
      expect(strip(sent)).toEqual(strip(example.value));
    }
    expect(complaints.filter((complaint) => !complaint.startsWith(`request: ${mock.url}/`))).toEqual([]);
  });

  it("shows required fields first, and optional headers last", async () => {
    const keyed = operations.find(({ idempotencyKey }) => idempotencyKey !== undefined);
    const { page } = await open(keyed?.id ?? "");
    const labels = page.locator("#request-form label small");
    await labels.first().waitFor();
    const needs = await labels.allTextContents();
    expect(needs[0]).toBe("required");
    const headers = needs.filter((text) => text.startsWith("header"));
    expect(headers).not.toEqual([]);
    expect(needs.slice(-headers.length)).toEqual(headers);
  });

  it("makes a key for each request, and a new one on click", async () => {
    const [operation] = operations;
    const { page } = await open(operation?.id ?? "");
    const first = await bodyOf(page).inputValue();
    await page.getByRole("button", { name: "New key" }).click();
    expect(await bodyOf(page).inputValue()).not.toBe(first);
  });

  it("sends a value exactly as it was typed", async () => {
    const { page } = await open("createPayoutLink");
    for (const metadata of [
      '{ "order": "" }',
      '{ "a": null, "b": [], "c": {} }',
      '{ "__proto__": { "x": 1 } }',
      "12345678901234567890",
      '""',
      "[]",
      "{}",
      "1.10",
    ]) {
      await page.getByLabel("metadata").fill(metadata);
      const body = (await bodyOf(page).inputValue()).replaceAll(/\s/g, "");
      expect(body).toContain(`"metadata":${metadata.replaceAll(/\s/g, "")}`);
    }
    // The text of the body is sent as it is.
    const body = await bodyOf(page).inputValue();
    await sendAndWait(page, /^Answer/);
    expect(mock.requests.at(-1)?.body).toBe(body);
  });

  it("keeps all digits of an amount, and shows it as money", async () => {
    const { page } = await open("createPayoutLink");
    await page.getByLabel("amount").fill("9007199254740993");
    await page.getByText("= 90,071,992,547,409.93").waitFor();
    await sendAndWait(page, /^Answer/);
    expect(mock.requests.at(-1)?.body).toContain('"amount": 9007199254740993');
  });

  it("sends the text of the body unchanged", async () => {
    const { page } = await open("createPayoutLink");
    await bodyOf(page).fill('{ "amount": 1 ');
    await page.getByText("The body is not a JSON object.").waitFor();
    await sendAndWait(page, /^Answer 400/);
    expect(mock.requests.at(-1)?.body).toBe('{ "amount": 1 ');
  });

  it("keeps the input of an operation while another operation or example is shown", async () => {
    const [first, second] = operations;
    const [example, other] = (first?.requestBody?.content[0]?.examples ?? []).map(({ name, summary }) => ({
      name: summary ?? name,
      exact: true,
    }));
    const { page } = await open(first?.id ?? "");
    await page.getByLabel("memo").fill("mine");
    await page.getByRole("button", other).click();
    expect(await page.getByLabel("memo").inputValue()).not.toBe("mine");
    await page.getByLabel("Operation").selectOption(second?.id ?? "");
    await page.getByText(`${second?.method} ${second?.path}`, { exact: true }).waitFor();
    await page.getByLabel("Operation").selectOption(first?.id ?? "");
    await page.getByRole("button", example).click();
    expect(await page.getByLabel("memo").inputValue()).toBe("mine");
    await page.getByRole("button", { name: "Undo my edits" }).click();
    expect(await page.getByLabel("memo").inputValue()).not.toBe("mine");
  });

  it("sends nothing for an empty field", async () => {
    const { page } = await open("createPayoutLink");
    await page.getByLabel("memo").fill("thanks");
    await page.getByLabel("memo").fill("");
    await sendAndWait(page, /^Answer 20/);
    expect(Object.keys(JSON.parse(mock.requests.at(-1)?.body ?? ""))).toEqual([
      "amount",
      "delivery",
      "idempotency_key",
    ]);
  });

  it("sends each header that has a field", async () => {
    const [{ id, parameters } = { id: "", parameters: [] }] = operations;
    const names = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
    expect(names).not.toEqual([]);
    const { page } = await open(id);
    for (const name of names) await page.getByLabel(name).fill(`value-of-${name}`);
    await sendAndWait(page, /^Answer 20/);
    const sent = mock.requests.at(-1)?.headers ?? {};
    for (const name of names) expect(sent[name.toLowerCase()]).toBe(`value-of-${name}`);
  });

  it("shows a link to the created resource, and the history", async () => {
    const { page } = await open("createPayoutLink");
    await sendAndWait(page, /^Answer 20/);
    const link = answerOf(page).getByRole("link", { name: /^https:\/\/links\.example\.com\// });
    expect(await link.getAttribute("href")).toBe(await link.textContent());
    expect(await link.getAttribute("rel")).toContain("noopener");
    const sent = await bodyOf(page).inputValue();
    await page.getByRole("button", { name: "Undo my edits" }).click();
    expect(await bodyOf(page).inputValue()).not.toBe(sent);
    await page.getByRole("button", { name: /Create a payout link: 20\d$/ }).click();
    expect(await bodyOf(page).inputValue()).toBe(sent);
  });

  it("shows the reasons of a refusal at their fields", async () => {
    const { page } = await open("sendPayout");
    await page.getByLabel("amount").fill("-5");
    await sendAndWait(page, /^Answer 400/);
    const field = page.locator(".field", { has: page.getByLabel("amount") });
    expect(await field.locator(".error-detail").textContent()).toMatch(/greater than 0/i);
    await markNewKinds(page, new Set());
    expect(await newViolations(page)).toEqual([]);
    await answerOf(page).getByRole("link", { name: "/amount" }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("body_amount");
    await page.getByLabel("amount").fill("5");
    await sendAndWait(page, /^Answer 201/);
    expect(await page.locator(".error-detail").count()).toBe(0);
  });

  it("works with the keyboard alone", async () => {
    const { page } = await open("createPayoutRequest");
    await page.getByLabel("amount").focus();
    await page.keyboard.press("Enter");
    await answerOf(page)
      .getByText(/^Answer 201/)
      .waitFor();
    // The focus moves to the response, so that a screen reader reads it aloud.
    await page.locator("#answer:focus").waitFor();
  });

  it("keeps credentials only in memory, and out of what can be copied", async () => {
    const { page } = await open("createPayoutLink");
    await page.getByLabel("API key").fill("a-secret-of-mine");
    await sendAndWait(page, /^Answer 20/);
    await page.getByText("Headers, and the same with curl").click();
    await page.getByText("Authorization: Basic …").waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    const shown = String(await page.locator("main").textContent());
    for (const secret of ["a-secret-of-mine", btoa("client-id:a-secret-of-mine")]) {
      expect(kept + page.url() + shown).not.toContain(secret);
    }
    await page.reload();
    expect(await page.getByLabel("API key").inputValue()).toBe("api-key");
  });

  it("says what to do if no mock is running, or if it refuses the credentials", async () => {
    const other = await startMock({ port: 0, spec: bundle, username: "someone", password: "else" });
    const { page } = await open("createPayoutLink");
    await page.getByLabel("Server").fill(other.url);
    await sendAndWait(page, /^Answer 401/);
    await answerOf(page).getByText("The server did not accept these credentials.").waitFor();
    await other.close();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await answerOf(page).getByText("Is the mock running there? npx @dots-payouts/mock starts it.").waitFor();
  });

  it("refuses URLs of other machines and URLs that it would have to change, and says why", async () => {
    const { page, complaints } = await open("createPayoutLink");
    for (const [server, why] of [
      ["https://api.dots.dev/api", /own machine/],
      ["http://192.0.2.1:4010", /own machine/],
      ["nonsense", /full URL/],
      ["http://user:pass@127.0.0.1:5510", /credentials in their fields/],
      ["http://127.0.0.1:5510?x=1", /Remove the part/],
      ["http://127.0.0.1:5510#frag", /Remove the part/],
    ] as const) {
      await page.getByLabel("Server").fill(server);
      await page.locator("#server-problem", { hasText: why }).waitFor();
      expect(await page.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
    }
    expect(complaints).toEqual([]);
  });

  it("keeps its button visible in a small window at every scroll position", async () => {
    await visited.page.setViewportSize({ width: 390, height: 844 });
    const { page } = await open("createPayoutLink");
    const button = page.getByRole("button", { name: "Send", exact: true });
    for (const field of ["amount", "memo", "Body of the request"]) {
      await page.getByLabel(field).first().focus();
      const box = await button.boundingBox();
      if (box === null) throw new Error("the button is not shown");
      expect(box.y + box.height).toBeLessThanOrEqual(844);
      const focused = await page.evaluate(() => document.activeElement?.getBoundingClientRect().bottom ?? 0);
      // The button does not cover what is typed.
      expect(focused).toBeLessThanOrEqual(box.y);
    }
    expect(await page.getByLabel("API key").isVisible()).toBe(false);
    await page.getByText(/^To http/).click();
    await page.getByLabel("API key").fill("another-key");
    await button.click();
    await page.locator("#answer:focus").waitFor();
    const answer = await answerOf(page).boundingBox();
    expect(answer?.y).toBeLessThan(844 / 2);
    await answerOf(page).getByText("amount = 10.00").waitFor();
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it("stays responsive with a large body", async () => {
    const { page } = await open("createPayoutLink");
    const large = JSON.stringify({ amount: 1000, metadata: "x".repeat(600_000) });
    await bodyOf(page).fill(large);
    await page.getByText("The body is too long to be shown in fields.").waitFor();
    await page.getByText(/too long to edit here.* 600,0\d\d characters/).waitFor();
    await sendAndWait(page, /^Answer/);
    // The mock only keeps the beginning of a large body.
    expect(large.startsWith(mock.requests.at(-1)?.body?.slice(0, 10_000) ?? "none")).toBe(true);
    expect(String(await answerOf(page).textContent()).length).toBeLessThan(30_000);
    await page.getByRole("button", { name: "Clear it" }).click();
    expect(await bodyOf(page).inputValue()).toBe("");
  });
});

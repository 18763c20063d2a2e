import { asDocument, isObject, type Json, listOperations } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { failureList } from "../src/describe/failures.ts";
import { operationMarkdown } from "../src/describe/operation-markdown.ts";
import { repetitionOf } from "../src/describe/repetition.ts";
import { bundle } from "./support/bundle.ts";

function find(id: string) {
  const operation = listOperations(bundle).find((each) => each.id === id);
  if (operation === undefined) throw new Error(`there is no operation ${id}`);
  return operation;
}

const pageOf = (id: string) => operationMarkdown(bundle, find(id), { withAll: true });
const failuresOf = (id: string) => failureList(bundle, find(id));

describe("what a page says about sending a request again", () => {
  it.each([
    ["retrievePayoutLink", "reads"],
    ["createPayoutLink", "once-by-key"],
    ["sendPayout", "once-by-key"],
    ["cancelPayoutLink", "once-by-method"],
    ["redeliverPayoutLink", "again"],
    ["createPayoutRequest", "again"],
  ])("depends on method, idempotency key and moves: %s %s", (id, expected) => {
    expect(repetitionOf(bundle, find(id))).toBe(expected);
  });

  it("distinguishes moves that can be made once from moves that can be made again", () => {
    const paths = Object.entries(bundle["paths"] ?? {}).map(([path, item]): [string, Json] => {
      if (!isObject(item) || !isObject(item["delete"])) return [path, item];
      const { delete: cancel, ...others } = item;
      return [path, { ...others, post: cancel }];
    });
    const changed = asDocument({ ...bundle, paths: Object.fromEntries(paths) });
    const cancel = listOperations(changed).find(({ id }) => id === "cancelPayoutLink");
    expect(cancel && repetitionOf(changed, cancel)).toBe("refused-by-state");
  });

  it("does not call an idempotent request one that is carried out twice", () => {
    const page = pageOf("cancelPayoutLink");
    expect(page).toContain("> **Safe to send again**");
    expect(page).toContain("may be refused, because the first one was carried out");
    expect(page).not.toContain("carried out twice");
    expect(page).not.toContain("before you send it again");
  });

  it("warns about a request that is carried out twice", () => {
    expect(pageOf("createPayoutRequest")).toContain("> **Sent twice, it is carried out twice.**");
    expect(failuresOf("createPayoutRequest")).toContain(
      "Check whether it was carried out before you send it again.",
    );
  });
});

describe("what a page says about refusals", () => {
  it("leaves 408 open, and 409 if there is a key", () => {
    expect(failuresOf("sendPayout")).toContain("except after 408 and 409, where it is unknown");
    for (const id of ["cancelPayoutLink", "createPayoutRequest"]) {
      expect(failuresOf(id)).toContain("except after 408, where it is unknown");
    }
  });

  it("advises to wait after 429, to send again after 408, and not to change a valid request", () => {
    expect(failuresOf("listPayoutLinks")).toContain(
      "After 408 and 429, ask again later. After any other, change the request.",
    );
    expect(failuresOf("sendPayout")).toContain("After 429: wait, then send it again.");
    expect(failuresOf("sendPayout")).toContain("**What to do:** Check the credentials.");
  });

  const operations = listOperations(bundle).map((operation) => ({
    ...operation,
    hasBody: operation.requestBody,
  }));
  it.each(operations.filter(({ hasBody }) => hasBody === undefined))(
    "lists no failures of a body for operations without one: $id",
    (operation) => {
      expect(operationMarkdown(bundle, operation, { withAll: true })).not.toContain("amount is missing");
    },
  );
  it("lists failures of a body for operations with one", () => {
    expect(pageOf("sendPayout")).toContain("amount is missing");
  });
});

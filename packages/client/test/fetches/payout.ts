import { expect } from "vitest";
import { Dots, type DotsOptions } from "../../src/index.ts";
import { LINK, PAYEE } from "../client.ts";

export const API = "https://pls.senddotssandbox.com/api";
export const PATH = "/v2/payouts/send-payout";
export const BODY = { amount: 1000, payee: PAYEE };
/** What the server of a test double answers with. */
export const MADE = { ...LINK, status: "created" };

/** A client as a program has it that is tested with a double of `fetch`. */
export function sandbox(options: Partial<DotsOptions> = {}): Dots {
  return new Dots({ clientId: "id", apiKey: "key", retryDelay: 1, ...options, environment: "sandbox" });
}

/** Expects that a double has seen a payout whole. */
export function expectPayout(body: unknown): void {
  const content: unknown = typeof body === "string" ? JSON.parse(body) : body;
  expect(content).toEqual({ ...BODY, idempotency_key: expect.any(String) });
}

import { Dots, DotsError, type DotsOptions } from "../src/index.ts";

export const API_KEY = "sk-4f9a/secret+key";
export const CLIENT_ID = "client-é";

/** What a server answers with when a link was made. */
export const LINK = {
  id: "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51",
  created: "2026-10-31T17:04:12Z",
  link: "https://links.example.com/6d1c9a7e",
  amount: 1000,
  status: "sent",
};

export const PAYEE = { country_code: "1", phone_number: "2025550139" };

/** A client that does not wait long before a retry. */
export function client(baseUrl: string, options: Partial<DotsOptions> = {}): Dots {
  return new Dots({ clientId: CLIENT_ID, apiKey: API_KEY, retryDelay: 1, ...options, baseUrl });
}

/** What a call fails with. */
export async function failure(call: PromiseLike<unknown>): Promise<DotsError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof DotsError) return error;
    throw error;
  }
  throw new Error("the call did not fail");
}

/** What a function throws. */
export function thrown(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

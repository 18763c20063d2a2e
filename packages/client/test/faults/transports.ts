import type { ClientOptions } from "../../src/index.ts";
import { undiciFetch } from "../../src/undici/index.ts";

/** What the client can send requests with. */
export const TRANSPORTS: Readonly<Record<string, Pick<ClientOptions, "fetch">>> = {
  fetch: {},
  undici: { fetch: undiciFetch() },
};

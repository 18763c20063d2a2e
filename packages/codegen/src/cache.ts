import type { Json } from "@dots-payouts/openapi";

/** Keeps what took long to make, under a key that says all that it was made from. */
export interface Cache {
  get(key: string): Json | undefined;
  set(key: string, value: Json): void;
}

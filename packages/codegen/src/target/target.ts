import type { Json, OpenApiDocument } from "@dots-payouts/openapi";

/** Keeps what took long to make, under a key that says all that it was made from. */
export interface Cache {
  get(key: string): Json | undefined;
  set(key: string, value: Json): void;
}

/** What a target makes: the text of each file, by its name. */
export type Files = Readonly<Record<string, string>>;

/**
 * Turns a bundle into files. It reads nothing but the bundle, so the same bundle always makes the same files: what a
 * cache keeps of other runs only saves time.
 */
export type Target = (document: OpenApiDocument, cache?: Cache) => Files | Promise<Files>;

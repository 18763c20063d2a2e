import type { Json, OpenApiDocument } from "@dots-payouts/openapi";

/** Caches expensive results, under a key that covers all their inputs. */
export interface Cache {
  get(key: string): Json | undefined;
  set(key: string, value: Json): void;
}

/** What a target makes: the text of each file, by its name. */
export type Files = Readonly<Record<string, string>>;

/**
 * Turns a bundle into files. It only reads the bundle, so the same bundle always makes the same files: the cache only
 * saves time.
 */
export type Target = (document: OpenApiDocument, cache?: Cache) => Files | Promise<Files>;

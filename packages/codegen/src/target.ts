import type { OpenApiDocument } from "@dots-payouts/openapi";

/** What a target makes: the text of each file, by its name. */
export type Files = Readonly<Record<string, string>>;

/** Turns a bundle into files. It reads nothing but the bundle, so the same bundle always makes the same files. */
export type Target = (document: OpenApiDocument) => Files | Promise<Files>;

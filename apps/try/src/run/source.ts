import { readFile, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";

/** The location of a description. */
export interface Source {
  /** A path or a URL. */
  readonly location: string;
  /** The folder that paths in messages start from. A URL has none. */
  readonly folder: string | undefined;
  /** Its name relative to that folder. */
  readonly name: string;
  /** Its URL, if it has one. */
  readonly url: string | undefined;
}

/** A description cannot be read, or is not one. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

/** How long a server may take for a description, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Finds a description, and makes sure that it is one.
 * @param given a path, or a URL that starts with http:// or https://
 * @param patience how long a server may take, in milliseconds
 * @throws SourceError with the reason
 */
export async function openSource(given: string, patience = PATIENCE): Promise<Source> {
  if (/^https?:\/\//i.test(given)) {
    requireOpenApi(given, await download(given, patience));
    return { location: given, folder: undefined, name: given, url: given };
  }
  const path = resolve(given);
  requireOpenApi(given, await read(path, given));
  return { location: path, folder: dirname(path), name: basename(path), url: undefined };
}

async function read(path: string, given: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new SourceError(`There is no file ${given}.`);
  if (!found.isFile()) throw new SourceError(`${given} is not a file.`);
  return readFile(path, "utf8").catch(() => {
    throw new SourceError(`${given} cannot be read.`);
  });
}

async function download(url: string, patience: number): Promise<string> {
  if (!URL.canParse(url)) throw new SourceError(`${url} is not a URL.`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    const text = await response.text();
    if (response.ok) return text;
    throw new SourceError(`${url} answers ${response.status}.`);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    if (error instanceof Error && error.name === "TimeoutError") {
      throw new SourceError(`${url} gives no answer within ${patience / 1_000} s.`);
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new SourceError(
      `${url} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
}

/** Only checks the version: the linter checks the rest. */
function requireOpenApi(name: string, text: string): void {
  const version = /^(?:\s*\{[\s\S]*?|[\s\S]*?^)["']?openapi["']?\s*:\s*["']?(\d+(?:\.\d+)*)/m.exec(
    text.replace(/^\uFEFF/, ""),
  )?.[1];
  if (version !== undefined && /^3\.[01](\.|$)/.test(version)) return;
  const swagger = /["']?swagger["']?\s*:\s*["']?(\d[.\d]*)/.exec(text)?.[1];
  const found =
    version === undefined && swagger === undefined ? undefined : (version ?? `Swagger ${swagger}`);
  throw new SourceError(
    found === undefined
      ? `${name} is no OpenAPI description: it does not say which version of OpenAPI it is.`
      : `${name} is of OpenAPI ${found}; 3.0 or 3.1 is needed.`.replace("OpenAPI Swagger", "Swagger"),
  );
}

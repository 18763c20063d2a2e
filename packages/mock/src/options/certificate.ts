import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { text } from "../checked-values.ts";
import { MockError } from "../mock-error.ts";

/** The certificate and key for HTTPS, as PEM. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * Reads a certificate and its key; `undefined` if neither is given.
 * @throws MockError if one is missing or cannot be read, or if they do not match.
 */
export function readCertificate(cert: unknown, key: unknown): Certificate | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new MockError("A certificate needs its key (--key), and a key its certificate (--cert).");
  }
  const certificate = { cert: read("cert", text("cert", cert)), key: read("key", text("key", key)) };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw new MockError(`The certificate cannot be used with this key (${problemOf(error)}).`);
  }
  return certificate;
}

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new MockError(`The file of ${name} cannot be read (${problemOf(error)}).`);
  }
}

function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

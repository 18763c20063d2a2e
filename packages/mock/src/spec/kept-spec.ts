import type { OpenApiDocument } from "@dots-payouts/openapi";
import { asConstant } from "./served-spec.ts";
import { type SpecFile, specFile } from "./spec-file.ts";

/** A spec in one file, which is only read and compiled again if the file has changed: tests start many mocks. */
export class KeptSpec {
  readonly #path: () => string;
  readonly #readFile: (path: string, files: SpecFile[]) => Promise<OpenApiDocument>;
  #kept: { readonly file: SpecFile; readonly document: OpenApiDocument } | undefined;

  /** @param path is only called to read */
  constructor(path: () => string, readFile: (path: string, files: SpecFile[]) => Promise<OpenApiDocument>) {
    this.#path = path;
    this.#readFile = readFile;
  }

  /** @param files is filled with the file */
  async read(files: SpecFile[]): Promise<OpenApiDocument> {
    const file = specFile(this.#path());
    if (this.#kept?.file.path === file.path && this.#kept.file.state === file.state) {
      files.push(file);
      return this.#kept.document;
    }
    const document = asConstant(await this.#readFile(file.path, files));
    this.#kept = { file, document };
    return document;
  }
}

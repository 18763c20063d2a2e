import type { Dispatcher } from "undici";

/** A response whose text comes from undici directly, and not through a stream of the web's kind, which takes longer. */
export class UndiciResponse extends Response {
  readonly #content: Dispatcher.ResponseData["body"];

  constructor({ statusCode, headers, body }: Dispatcher.ResponseData) {
    super(null, { status: statusCode });
    for (const name in headers) {
      for (const value of [headers[name] ?? []].flat()) this.headers.append(name, value);
    }
    this.#content = body;
  }

  override readonly text = (): Promise<string> => this.#content.text();

  override readonly json = (): Promise<unknown> => this.#content.json();
}

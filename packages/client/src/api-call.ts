import type { DotsError } from "./errors/dots-error.ts";

/** The answer to a call, with what surrounds it. */
export interface ApiResult<Data> {
  readonly data: Data;
  /** The last response. Its body has been read. */
  readonly response: Response;
  /** The key that was sent; `undefined` for an operation that takes none. */
  readonly idempotencyKey: string | undefined;
  /** How many requests it took. */
  readonly attempts: number;
}

/** A call that is under way: a promise of the data, or of the data with what surrounds it. */
export class ApiCall<Data> implements Promise<Data> {
  readonly [Symbol.toStringTag] = "ApiCall";
  // The only promise until somebody asks, so that a failure is reported as unhandled once, or not at all.
  readonly #result: Promise<ApiResult<Data>>;

  constructor(result: Promise<ApiResult<Data>>) {
    this.#result = result;
  }

  /** The data together with the response, the idempotency key and the number of attempts. */
  withResponse(): Promise<ApiResult<Data>> {
    return this.#result;
  }

  // biome-ignore lint/suspicious/noThenProperty: being awaited is what it is for.
  then<Fulfilled = Data, Rejected = never>(
    onFulfilled?: ((data: Data) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: DotsError) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    if (!onFulfilled) return this.#result.then(({ data }) => data).then(onFulfilled, onRejected);
    return this.#result.then(({ data }) => onFulfilled(data), onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: DotsError) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Data | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Data> {
    return this.then().finally(onFinally);
  }
}

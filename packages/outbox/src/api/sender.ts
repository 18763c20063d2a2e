/** One request, as recorded in the ledger. */
interface Request {
  readonly call: string;
  /** Its operation in the spec. */
  readonly operation: string;
  /** The exact text. */
  readonly body: string;
  readonly key: string | undefined;
  /** How long ago the key was first sent, in milliseconds; `undefined` the first time. */
  readonly keyAge: number | undefined;
  /** The client that it was claimed for. It is not sent as any other. */
  readonly client: string;
  /** The time limit for the request, in milliseconds. */
  readonly timeout: number;
}

/** The result of one request. */
export type Sent =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** The answer, if it was JSON. */
      readonly body: unknown;
      /** Milliseconds that the API asks to wait. */
      readonly retryAfter: number | undefined;
      /** The API's own time. */
      readonly date: number | undefined;
      /** A message without secrets. */
      readonly reason: string;
    }
  /** Certainly nothing was sent. */
  | {
      readonly kind: "not-sent";
      readonly reason: string;
      /** Whether this is because the client ID has changed. */
      readonly isOtherClient?: boolean;
    }
  /** It may have been carried out, or may still be. */
  | {
      readonly kind: "lost";
      readonly reason: string;
      /** The client that it was sent as, if known. */
      readonly client?: string | undefined;
    };

/** Sends one request, once. Never throws. */
export interface Sender {
  send(request: Request): Promise<Sent>;
}

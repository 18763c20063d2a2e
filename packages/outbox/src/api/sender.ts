/** One request, as the ledger has it. */
interface Request {
  readonly call: string;
  /** Its operation in the spec. */
  readonly operation: string;
  /** The exact text. */
  readonly body: string;
  readonly key: string | undefined;
  /** How long ago the key was first sent, in milliseconds; `undefined` if it is sent for the first time. */
  readonly keyAge: number | undefined;
  /** For whom it is meant. As anybody else it does not leave. */
  readonly client: string;
  /** Milliseconds until the request is given up. */
  readonly timeout: number;
}

/** What came of one request. */
export type Sent =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** What was answered, where that was JSON. */
      readonly body: unknown;
      /** Milliseconds that the API asks to wait. */
      readonly retryAfter: number | undefined;
      /** The API's own time. */
      readonly date: number | undefined;
      /** In words, without secrets. */
      readonly reason: string;
    }
  /** Surely nothing has left this machine. */
  | {
      readonly kind: "not-sent";
      readonly reason: string;
      /** Whether it is because the client calls as somebody else now. */
      readonly isOtherClient?: boolean;
    }
  /** It may have been carried out, or may still be. */
  | {
      readonly kind: "lost";
      readonly reason: string;
      /** As whom it was sent, where that is known. */
      readonly client?: string | undefined;
    };

/** Sends one request, once. Never throws. */
export interface Sender {
  send(request: Request): Promise<Sent>;
}

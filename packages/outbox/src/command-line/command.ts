/** How rows are sent. */
export interface SendFlags {
  readonly concurrency: number | undefined;
  /** Limits for the whole store; `null` lifts one. */
  readonly perSecond: number | null | undefined;
  readonly maxTotal: number | null | undefined;
  readonly maxAmount: number | null | undefined;
  /** Whether another client may replace the previous one. */
  readonly newClient: boolean;
  readonly reports: readonly string[];
}

/** Which API it is about. */
export interface TargetFlags {
  readonly environment: string | undefined;
  readonly baseUrl: string | undefined;
  /** Whether the replacement of the global `fetch`, such as a tracer, is known to send each request once. */
  readonly fetchSendsOnce: boolean;
  /** Client options that say for whom it acts. */
  readonly options: Readonly<Record<string, string>>;
}

/** Rows of a file that are added. */
export interface AddFlags {
  readonly file: string;
  readonly format: "csv" | "jsonl" | undefined;
  readonly call: string;
  readonly yes: boolean;
  readonly allowDuplicates: boolean;
}

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | ({ readonly kind: "run"; readonly store: string | undefined; readonly target: TargetFlags } & AddFlags & {
        readonly dryRun: boolean;
        readonly send: SendFlags;
      })
  | ({ readonly store: string; readonly target: TargetFlags } & (
      | ({ readonly kind: "add" } & AddFlags)
      | { readonly kind: "resume"; readonly send: SendFlags }
      | {
          readonly kind: "retry";
          readonly send: SendFlags;
          readonly which: { readonly id: string } | "refused" | "settled-not-paid";
          readonly file: string | undefined;
          readonly format: "csv" | "jsonl" | undefined;
          readonly yes: boolean;
        }
      | {
          readonly kind: "settle";
          readonly id: string | undefined;
          readonly paid: boolean;
          readonly object: string | undefined;
          readonly note: string | undefined;
          readonly yes: boolean;
        }
      | { readonly kind: "acknowledge"; readonly id: string; readonly note: string | undefined }
      | { readonly kind: "work"; readonly send: SendFlags }
      | { readonly kind: "status"; readonly json: boolean; readonly watch: boolean }
      | { readonly kind: "export"; readonly output: string | undefined }
      | { readonly kind: "history"; readonly id: string | undefined }
      | { readonly kind: "read-back" }
      | { readonly kind: "recover"; readonly yes: boolean }
    ));

/** One kind of command. */
export type CommandOf<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;

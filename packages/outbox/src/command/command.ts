/** How rows are sent. */
export interface SendFlags {
  readonly concurrency: number | undefined;
  readonly perSecond: number | undefined;
  readonly maxTotal: number | undefined;
  readonly maxAmount: number | undefined;
  readonly reports: readonly string[];
}

/** Which API it is about. */
export interface TargetFlags {
  readonly environment: string | undefined;
  readonly baseUrl: string | undefined;
  /** Whether what has replaced the global `fetch`, such as a tracer, is known to send each request once. */
  readonly fetchSendsOnce: boolean;
  /** Client options that say for whom it acts. */
  readonly options: Readonly<Record<string, string>>;
}

export interface RunFlags {
  readonly file: string;
  readonly format: "csv" | "jsonl" | undefined;
  readonly call: string;
  readonly yes: boolean;
  readonly allowDuplicates: boolean;
  readonly dryRun: boolean;
}

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | ({ readonly kind: "run"; readonly store: string | undefined; readonly target: TargetFlags } & RunFlags & {
        readonly send: SendFlags;
      })
  | ({ readonly store: string; readonly target: TargetFlags } & (
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
      | { readonly kind: "history"; readonly id: string }
      | { readonly kind: "read-back" }
      | { readonly kind: "recover"; readonly yes: boolean }
    ));

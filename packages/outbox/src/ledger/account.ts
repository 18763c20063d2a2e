/** The account that pays. A ledger belongs to one. */
export interface Account {
  /** The server that the client calls, without a trailing slash. */
  readonly baseUrl: string;
  /** Client options that say for whom it acts, such as an app of an organization. */
  readonly options: Readonly<Record<string, string>>;
}

/** An account as one line, unique for each account. */
export function describeAccount({ baseUrl, options }: Account): string {
  const pairs = Object.entries(options).sort();
  return [baseUrl, ...pairs.map(([name, value]) => `${name} ${value}`)].join(", ");
}

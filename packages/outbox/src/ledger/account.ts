/** Where the money goes from. A ledger belongs to one of them. */
export interface Account {
  /** The server that the client calls, without a slash at its end. */
  readonly baseUrl: string;
  /** Options of the client that say for whom it acts, such as an app of an organization. */
  readonly options: Readonly<Record<string, string>>;
}

/** An account in one line, which is the same for the same account alone. */
export function describeAccount({ baseUrl, options }: Account): string {
  const pairs = Object.entries(options).sort();
  return [baseUrl, ...pairs.map(([name, value]) => `${name} ${value}`)].join(", ");
}

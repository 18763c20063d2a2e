// What Node, Bun and their TLS library call a failure that comes before the first byte of a request is written.
const BEFORE_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|UND_ERR_CONNECT_|ConnectionRefused|FailedToOpen|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_|ERR_TLS_(CERT|HAND)|ERR_SSL_(WRONG|.*HAND))/;

interface ErrorDetails {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
}

/**
 * Whether an error of `fetch` says that no connection came about, so that nothing can have been sent. Runtimes that do
 * not tell (browsers, workerd) get `false`: what is not known to be safe is not.
 */
export function neverConnected(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, syscall, message, errors, cause }: ErrorDetails = error;
  return (
    syscall === "connect" ||
    BEFORE_CONNECTED.test(String(code)) ||
    // Deno tells by the message alone.
    /client error \(Connect\)/.test(String(message)) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every(neverConnected)) ||
    (cause !== error && neverConnected(cause))
  );
}

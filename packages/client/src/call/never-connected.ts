// What Node, Bun and their TLS library call a failure that comes before the first byte of a request is written.
const BEFORE_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|UND_ERR_CONNECT_|ConnectionRefused|FailedToOpen|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_|ERR_TLS_(CERT|HAND)|ERR_SSL_(WRONG|.*HAND))/;

/**
 * Whether an error of `fetch` says that no connection came about, so that nothing can have been sent. Runtimes that do
 * not tell (browsers, workerd) get `false`: what is not known to be safe is not.
 */
export function neverConnected(error: unknown): boolean {
  const { code, syscall, message, errors, cause } = Object(error);
  return (
    syscall === "connect" ||
    BEFORE_CONNECTED.test(code) ||
    // Deno tells by the message alone.
    /client error \(Connect\)/.test(message) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every(neverConnected)) ||
    (cause != null && cause !== error && neverConnected(cause))
  );
}

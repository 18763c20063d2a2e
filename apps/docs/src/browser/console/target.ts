/** Where requests go, and with which credentials. Only kept in memory. */
export interface Target {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

const OWN_MACHINE = new Set(["localhost", "127.0.0.1"]);

/**
 * The reason why requests can't go to this URL, if any. The page's policy would block them too, but only reports that
 * in the developer tools.
 */
export function problemWithUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return "Enter a full URL, such as http://127.0.0.1:4010";
  const { protocol, hostname, origin, username, password, search, hash } = new URL(url);
  if (username !== "" || password !== "") return "Enter the credentials in their fields, not in the URL.";
  if (search !== "" || hash !== "")
    return "Remove the part that starts with ? or #: paths are appended to this URL.";
  if (origin === location.origin) return undefined;
  if (protocol === "http:" && OWN_MACHINE.has(hostname)) return undefined;
  return "This page may only connect to your own machine: http://localhost or http://127.0.0.1, with any port.";
}

import { Socket } from "node:net";
import { MockError } from "../../mock-error.ts";

/**
 * The driver, which users install if they need it.
 * @throws MockError if it is not installed.
 */
export async function loadPostgres() {
  try {
    return (await import("pg")).default;
  } catch {
    throw new MockError(
      "A PostgreSQL store needs the package pg. Install it next to the mock: npm install pg",
    );
  }
}

/** A connection string that is safe to show: without credentials and settings. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return "postgres://…";
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** A short description of a database error. A connection that was tried at several addresses has no message. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}

/** Sockets that can be closed whatever the server does: the driver would wait for its goodbye. */
export interface Sockets {
  open(): Socket;
  destroy(): void;
}

export function trackedSockets(): Sockets {
  const open = new Set<Socket>();
  return {
    open() {
      const socket = new Socket();
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      return socket;
    },
    destroy() {
      for (const socket of open) socket.destroy();
    },
  };
}

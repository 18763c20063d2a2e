import {
  type Agent,
  type AgentOptions,
  Agent as PlainAgent,
  request as plainRequest,
  type RequestOptions,
} from "node:http";
import { Agent as TlsAgent } from "node:https";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

/** How the server is reached, besides its URL. */
export interface Route {
  /** An HTTP proxy. Its user name and password may be in the URL. */
  readonly proxy: URL | undefined;
  /** The client certificate and the trusted ones for TLS, in PEM. */
  readonly tls: Tls;
}

/** Unusual TLS settings, all in PEM. */
export interface Tls {
  /** The client certificate. */
  readonly cert?: string;
  /** The key of the client certificate. */
  readonly key?: string;
  /** The trusted certificates, instead of the system's. */
  readonly ca?: string;
}

/** How long a connection may be idle, in milliseconds: servers close theirs after a few seconds, often silently. */
const IDLE = 1_500;

/** Keeps connections to a server, or to the proxy in front of it. */
export function openAgent(base: URL, { proxy, tls }: Route, maxSockets: number): Agent {
  const options: AgentOptions = { keepAlive: true, maxSockets, timeout: IDLE };
  if (base.protocol === "http:") return new PlainAgent(options);
  return proxy === undefined ? new TlsAgent({ ...options, ...tls }) : new TunnelAgent(options, proxy, tls);
}

/** Where a request is sent, and its request line: a proxy gets the full URL. */
export function targetOf(base: URL, { proxy }: Route, path: string): RequestOptions {
  const whole = base.pathname.replace(/\/+$/, "") + path;
  if (proxy === undefined || base.protocol === "https:") {
    return { host: hostOf(base), port: base.port, path: whole };
  }
  return {
    host: hostOf(proxy),
    port: proxy.port,
    path: `${base.origin}${whole}`,
    headers: { host: base.host, ...proxyLogin(proxy) },
  };
}

/** TLS through a proxy, which only forwards bytes (RFC 9110 §9.3.6). */
class TunnelAgent extends TlsAgent {
  readonly #proxy: URL;
  readonly #tls: Tls;

  constructor(options: AgentOptions, proxy: URL, tls: Tls) {
    super(options);
    this.#proxy = proxy;
    this.#tls = tls;
  }

  override createConnection(
    options: RequestOptions,
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const authority = `${options.host}:${options.port ?? 443}`;
    const request = plainRequest({
      host: hostOf(this.#proxy),
      port: this.#proxy.port,
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...proxyLogin(this.#proxy) },
    });
    request.once("connect", (response, socket) => {
      if (response.statusCode === 200) {
        const servername = String(options.host);
        done?.(null, connectTls({ ...this.#tls, socket, servername }));
        return;
      }
      socket.destroy();
      done?.(new Error(`the proxy ${this.#proxy.host} answers ${response.statusCode} to CONNECT`), socket);
    });
    request.once("error", (error) => done?.(error, new Socket()));
    request.end();
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

function proxyLogin({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

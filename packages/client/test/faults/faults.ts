import type { ServerResponse } from "node:http";

/** Something that goes wrong with a request that has reached the server whole. */
export interface Fault {
  readonly name: string;
  /** Whether the request is carried out before it goes wrong. */
  readonly carriesOut: boolean;
  /** Whether only a timeout ends it. */
  readonly stalls?: boolean;
  readonly strike: (response: ServerResponse, answer: string) => void;
}

/** How an answer fails, whether or not the request was carried out. */
const BROKEN: Readonly<Record<string, Fault["strike"]>> = {
  "a reset connection": ({ socket }) => socket?.resetAndDestroy(),
  "a closed connection": ({ socket }) => socket?.end(),
  "no answer": () => {},
  "an answer that stops in its headers": ({ socket }) => socket?.write("HTTP/1.1 201 Created\r\nContent-Ty"),
  "an answer that stops in its body": (response, answer) => {
    response.writeHead(201, { "content-type": "application/json", "content-length": answer.length });
    response.write(answer.slice(0, 20));
  },
  "an answer that is cut off": (response, answer) => {
    response.writeHead(201, { "content-type": "application/json", "content-length": answer.length });
    response.write(answer.slice(0, 20), () => response.socket?.destroy());
  },
  "an answer in chunks that is cut off": (response, answer) => {
    response.writeHead(201, { "content-type": "application/json" });
    response.write(answer.slice(0, 20), () => response.socket?.destroy());
  },
  "half an answer, said to be whole": (response, answer) => json(response, 201, answer.slice(0, 20)),
  "a page of HTML": (response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Welcome</body></html>");
  },
  "an empty answer": (response) => json(response, 200, ""),
  "204 and no content": (response) => response.writeHead(204).end(),
  "garbled JSON": (response, answer) => json(response, 201, answer.replaceAll('"', "'")),
  "null for an answer": (response) => json(response, 201, "null"),
  "a text for an answer": (response) => json(response, 201, '"done"'),
  "no HTTP at all": ({ socket }) => socket?.end("220 mail.example.com ESMTP\r\n"),
};

/** How an answer comes strangely, but comes. */
const STRANGE: Readonly<Record<string, Fault["strike"]>> = {
  "a wrong content type": (response, answer) => {
    response.writeHead(200, { "content-type": "text/plain" }).end(answer);
  },
  "an answer in drops": (response, answer) => {
    response.writeHead(201, { "content-type": "application/json" });
    const drip = (rest: string): void => {
      if (rest === "") return void response.end();
      response.write(rest.slice(0, 16), () => setImmediate(drip, rest.slice(16)));
    };
    drip(answer);
  },
};

/**
 * Statuses that say a request was refused, so that nothing was carried out. 421 is missing: Node's
 * `fetch` repeats a request without a body that met it.
 */
export const REFUSALS = [
  400, 401, 402, 403, 404, 405, 406, 410, 411, 412, 413, 415, 418, 422, 424, 426, 428, 431, 451,
];

/** Statuses that leave open whether the request was carried out, with and without a cure in trying again. */
export const FAILURES = [500, 502, 503, 504];
export const LASTING_FAILURES = [501, 505, 507, 508, 510, 511];
export const REDIRECTS = [300, 301, 302, 303, 307, 308];

export const broken: readonly Fault[] = bothWays(BROKEN);
export const strange: readonly Fault[] = Object.entries(STRANGE).map(([name, strike]) => ({
  name,
  carriesOut: true,
  strike,
}));

/** An answer with a status. Refusals are never carried out; what else is not a success may be. */
export function status(code: number, carriesOut: boolean, headers: Record<string, string> = {}): Fault {
  const extra = Object.entries(headers).map((entry) => `, ${entry.join(" ")}`);
  return {
    name: `${code}${extra.join("")}${after(carriesOut)}`,
    carriesOut,
    strike: (response) => json(response, code, `{"message":"${code}"}`, headers),
  };
}

function bothWays(strikes: Readonly<Record<string, Fault["strike"]>>): Fault[] {
  return Object.entries(strikes).flatMap(([name, strike]) =>
    [false, true].map((carriesOut) => {
      const stalls = /^no answer|that stops/.test(name);
      return { name: `${name}${after(carriesOut)}`, carriesOut, stalls, strike };
    }),
  );
}

function after(carriesOut: boolean): string {
  return carriesOut ? " after the request was carried out" : "";
}

function json(
  response: ServerResponse,
  code: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(code, { "content-type": "application/json", ...headers }).end(text);
}

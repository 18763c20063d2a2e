import { startMock } from "../../src/index.ts";
import { send } from "../send.ts";

/** A mock in this process or in another one, controlled over HTTP, as by a team with another language. */
export interface Driver {
  readonly url: string;
  /** Kills it while it works. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface DriverOptions {
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  readonly store?: string;
  readonly now?: Date;
}

/** In this process, where nothing can be killed. */
export async function inProcess(options: DriverOptions): Promise<Driver> {
  const mock = await startMock(options);
  const close = () => mock.close();
  return { url: mock.url, close, kill: close };
}

export async function nowOf({ url }: Driver): Promise<number> {
  const { body } = await send("GET", `${url}/__mock/clock`, EVERYBODY);
  return Date.parse(String(body["now"]));
}

export async function advance({ url }: Driver, milliseconds: number): Promise<void> {
  await send("POST", `${url}/__mock/clock`, EVERYBODY, JSON.stringify({ advance: milliseconds }));
}

/** Makes a move. Returns whether the resource's state allowed it. */
export async function moveOf({ url }: Driver, id: string, move: string): Promise<boolean> {
  const { status, text } = await send("POST", `${url}/__mock/resources/${id}/moves/${move}`, EVERYBODY);
  if (status !== 200 && status !== 409) throw new Error(`${move} of ${id}: ${status} ${text}`);
  return status === 200;
}

const EVERYBODY = { authorization: "" };

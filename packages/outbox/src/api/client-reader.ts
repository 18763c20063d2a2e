import { NotFoundError } from "@dots-payouts/client";
import { getAt } from "@dots-payouts/openapi";
import { OutboxError } from "../outbox-error.ts";
import { isJson, textAt } from "./calls.ts";
import { dateOf } from "./client-sender.ts";
import type { Reader } from "./reader.ts";

/** More than any API gives on a page is not asked for. */
const LIMIT = 100;

interface Http {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ readonly data?: unknown; readonly response: Response }>;
}

/** Reads back by the paths of a client. */
export function clientReader(dots: object): Reader {
  const http = httpOf(dots);
  return {
    async page({ name, list }, after) {
      if (list === undefined) throw new OutboxError(`The spec has no list of ${name}.`);
      const { role, path } = list;
      const query = {
        ...(role.page.limit === undefined ? {} : { [role.page.limit]: LIMIT }),
        ...(role.page.after === undefined || after === undefined ? {} : { [role.page.after]: after }),
      };
      const { data, response } = await http.request("get", path, { params: { query } });
      const items = isJson(data) ? getAt(data, role.items) : undefined;
      if (!Array.isArray(items)) throw new OutboxError(`The list of ${name} cannot be read.`);
      const next = items.length === 0 ? undefined : textAt(data, role.page.next);
      return { items, next, date: dateOf(response) };
    },
    async retrieve({ name, read }, id) {
      if (read === undefined) throw new OutboxError(`The spec has no way to read one of ${name}.`);
      try {
        const { data } = await http.request("get", read.path, { params: { path: { [read.role.by]: id } } });
        return data;
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
  };
}

function httpOf(dots: object): Http {
  const http: unknown = Reflect.get(dots, "http");
  if (isHttp(http)) return http;
  throw new OutboxError("The client cannot read. Give the outbox a `new Dots(…)`.");
}

/** The client's own requests by path, which are typed for each path of the API. */
function isHttp(value: unknown): value is Http {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "request") === "function";
}

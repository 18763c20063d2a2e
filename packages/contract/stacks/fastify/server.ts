// A correct server of the API with Fastify and Ajv. PLAUSIBLE=1 adds rules that servers with real data have.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";

type Body = Record<string, unknown>;
interface Resource extends Body {
  id: string;
  status: string;
}

const { SPEC = "", PORT = "0", PLAUSIBLE } = process.env;
const accounts = new Map([
  ["client", "secret"],
  ["other", "secret-2"],
]);
const users = new Set(["9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90"]);

const ajv = new Ajv2020({ strict: false, strictNumbers: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "spec:", ...JSON.parse(readFileSync(SPEC, "utf8")) });

const app = Fastify({ logger: false });
app.setValidatorCompiler(({ schema }) => ajv.compile(schema as object));
app.setErrorHandler((error: Error & { statusCode?: number; validation?: unknown }, _request, reply) => {
  const status = error.validation === undefined ? (error.statusCode ?? 500) : 400;
  return reply.code(status).send({ message: status === 500 ? "Something went wrong." : error.message });
});
app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: "There is nothing here." }));
app.addHook("onRequest", async (request, reply) => {
  const [, token = ""] = /^Basic (.*)$/i.exec(request.headers.authorization ?? "") ?? [];
  const [, name = "", password] = /^([^:]*):(.*)$/s.exec(Buffer.from(token, "base64").toString()) ?? [];
  if (password !== undefined && accounts.get(name) === password) return;
  reply.header("www-authenticate", 'Basic realm="payouts"');
  return reply.code(401).send({ message: "The client ID or the API key is wrong." });
});

const links: Resource[] = [];
const requests: Resource[] = [];
const keys = new Map<string, Resource>();
const deliveries = new Map<string, number>();

function create(path: string, status: number, make: (body: Body) => Resource, list: Resource[]): void {
  const pointer = `/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/post/requestBody`;
  const schema = { body: { $ref: `spec:#${pointer}/content/application~1json/schema` } };
  app.post<{ Body: Body }>(path, { schema }, (request, reply) => {
    const { body } = request;
    const key = body["idempotency_key"];
    const id = `${request.headers.authorization} ${path} ${String(key).toLowerCase()}`;
    const known = typeof key === "string" ? keys.get(id) : undefined;
    if (known !== undefined) return reply.code(status).send(known);
    const refusal = PLAUSIBLE === undefined ? undefined : implausible(body);
    if (refusal !== undefined) return reply.code(refusal.status).send({ message: refusal.message });
    const made = make(body);
    list.unshift(made);
    if (typeof key === "string") keys.set(id, made);
    return reply.code(status).send(made);
  });
}

function base(body: Body, status: string): Resource {
  return { id: randomUUID(), created: new Date().toISOString(), status, amount: body["amount"] };
}

function link(body: Body): Resource {
  const delivery = body["delivery"] as Body | undefined;
  const { payee, tax_exempt, memo, description, metadata, accounting_data, funding_source } = body;
  return {
    ...base(body, "created"),
    link: `https://links.example.com/${randomUUID()}`,
    ...{ payee, tax_exempt, memo, description, metadata, accounting_data, funding_source },
    ...(delivery?.["method"] === undefined ? {} : { delivery: { method: delivery["method"] } }),
    flow_id: randomUUID(),
  };
}

create("/v2/payout-links", 201, link, links);
create("/v2/payouts/send-payout", 201, link, links);
create(
  "/v2/payout-requests",
  201,
  (body) => {
    const { payee, metadata, memo, user_id } = body;
    const user = user_id === undefined ? {} : { user: { id: user_id } };
    return { ...base(body, "created"), payee, metadata, memo, ...user };
  },
  requests,
);

const missing = (reply: FastifyReply) => reply.code(404).send({ message: "There is no such thing." });
const bad = (reply: FastifyReply, message: string) => reply.code(400).send({ message });
const find = (list: Resource[], request: FastifyRequest) =>
  list.find(({ id }) => id === (request.params as { id: string }).id);

function list(path: string, all: Resource[]): void {
  app.get<{ Querystring: Record<string, string | undefined> }>(path, (request, reply) => {
    const { limit = "10", starting_after: after, ending_before: before } = request.query;
    const size = Number(limit);
    if (!Number.isInteger(size) || size < 1 || size > 100) return bad(reply, "limit is between 1 and 100");
    if (after !== undefined && before !== undefined) return bad(reply, "one cursor at a time");
    const at = all.findIndex(({ id }) => id === (after ?? before));
    if ((after ?? before) !== undefined && at < 0) return bad(reply, "the cursor belongs to nothing");
    const start = after === undefined ? (before === undefined ? 0 : Math.max(0, at - size)) : at + 1;
    const end = before === undefined ? start + size : at;
    const more = before === undefined ? end < all.length : start > 0;
    return reply.send({ has_more: more, data: all.slice(start, end) });
  });
  app.get(`${path}/:id`, (request, reply) => find(all, request) ?? missing(reply));
}
list("/v2/payout-links", links);
list("/v2/payout-requests", requests);
list("/v2/transfers", []);

app.delete("/v2/payout-links/:id", (request, reply) => {
  const found = find(links, request);
  if (found === undefined) return missing(reply);
  if (found.status === "canceled") return bad(reply, "the link is canceled already");
  found.status = "canceled";
  return reply.send(found);
});
app.post("/v2/payout-links/:id/redeliver", (request, reply) => {
  const found = find(links, request);
  if (found === undefined) return missing(reply);
  const count = (deliveries.get(found.id) ?? 1) + 1;
  if (count > 5) return bad(reply, "a link is delivered at most five times");
  deliveries.set(found.id, count);
  return reply.send({ payout_link: found, redelivered: true });
});

/** Why a server with real data would refuse a valid request. */
function implausible(body: Body): { status: number; message: string } | undefined {
  const payee = (body["payee"] ?? {}) as Record<string, string | undefined>;
  const { phone_number: phone, country_code: country, email } = payee;
  const refuse = (message: string, status = 400) => ({ status, message });
  const user = body["user_id"];
  if (typeof user === "string" && !users.has(user.toLowerCase())) return refuse("there is no such user", 404);
  if (phone !== undefined && !/^\d{6,14}$/.test(phone)) return refuse("that is not a phone number");
  if (country !== undefined && !/^\d{1,3}$/.test(country)) return refuse("that is not a country code");
  if (email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
    return refuse("that is not an address");
  if (Number(body["amount"]) > 5_000_000) return refuse("above the limit of the account", 422);
  if (String(body["memo"] ?? "").length > 255) return refuse("the memo is too long");
  if (JSON.stringify(body["metadata"] ?? "").length > 1_000) return refuse("the metadata is too long");
  return undefined;
}

console.log(await app.listen({ port: Number(PORT), host: "127.0.0.1" }));

import type { Behaviour } from "../reference/server.ts";
import { PASSWORD, USERNAME } from "../reference/server.ts";
import { type Faults, replies } from "./fault.ts";

const pairs = (taken: (username: string, password: string) => boolean): Behaviour => ({
  authorized: (right, pair) => {
    if (right || pair === undefined) return right;
    const colon = pair.indexOf(":");
    return colon >= 0 && taken(pair.slice(0, colon), pair.slice(colon + 1));
  },
});
const headers = (taken: (header: string | undefined) => boolean): Behaviour => ({
  authorized: (right, _, { request }) => right || taken(request.headers.authorization),
});
const open = (id: string): Behaviour => ({
  authorized: (right, _, { operation }) => right || operation.id === id,
});
const unauthorized = (change: Parameters<typeof replies>[1]): Behaviour => replies("unauthorized", change);

/** Servers that accept wrong credentials, or refuse them differently than the spec says. */
export const authenticatesFaults: Faults = {
  "asks for no credentials": { authorized: () => true },
  "asks for none to create a link": open("createPayoutLink"),
  "asks for none to send a payout": open("sendPayout"),
  "asks for none to ask for a payout": open("createPayoutRequest"),
  "takes a request without credentials": headers((header) => header === undefined),
  "takes an empty header": headers((header) => header === ""),
  "takes any credentials": pairs(() => true),
  "takes any password": pairs((username) => username === USERNAME),
  "takes any user name": pairs((_, password) => password === PASSWORD),
  "takes the right beginning of a password": pairs(
    (username, password) => username === USERNAME && password !== "" && PASSWORD.startsWith(password),
  ),
  "takes a password with more after it": pairs(
    (username, password) => username === USERNAME && password.startsWith(PASSWORD),
  ),
  "takes any password of the right length": pairs(
    (username, password) => username === USERNAME && password.length === PASSWORD.length,
  ),
  "takes the password in other case": pairs(
    (username, password) => username === USERNAME && password.toLowerCase() === PASSWORD.toLowerCase(),
  ),
  "takes the user name in other case": pairs(
    (username, password) => username.toLowerCase() === USERNAME.toLowerCase() && password === PASSWORD,
  ),
  "takes user name and password swapped": pairs(
    (username, password) => username === PASSWORD && password === USERNAME,
  ),
  "takes an empty password": pairs((username, password) => username === USERNAME && password === ""),
  "takes an empty user name and password": pairs((username, password) => username === "" && password === ""),
  "takes what is not base64": headers((header) => header?.includes("%") === true),
  "takes a pair without a colon": headers(
    (header) => header === `Basic ${Buffer.from("nobody").toString("base64")}`,
  ),
  "takes the scheme alone": headers((header) => header === "Basic"),
  "takes any scheme": headers((header) => header?.startsWith("Bearer") === true),
  "answers 403": unauthorized((reply) => ({ ...reply, status: 403 })),
  "answers 400": unauthorized((reply) => ({ ...reply, status: 400 })),
  "answers 404 to strangers": unauthorized((reply) => ({ ...reply, status: 404 })),
  "answers 200 and a message": unauthorized((reply) => ({ ...reply, status: 200 })),
  "fails with 500 on what is not base64": {
    reply: (reply, { request }) =>
      request.headers.authorization?.includes("%") ? { ...reply, status: 500 } : reply,
  },
  "sends strangers to a login page": unauthorized((reply) => ({
    ...reply,
    status: 302,
    headers: { location: "/login" },
  })),
  "does not say what it asks for": unauthorized((reply) => ({ ...reply, headers: {} })),
  "asks for another scheme": unauthorized((reply) => ({
    ...reply,
    headers: { "www-authenticate": "Bearer" },
  })),
  "refuses strangers in HTML": unauthorized((reply) => ({
    ...reply,
    headers: { ...reply.headers, "content-type": "text/html" },
  })),
  "refuses strangers without a message": unauthorized((reply) => ({ ...reply, body: {} })),
  "repeats the credentials in its refusal": unauthorized((reply, { request }) => ({
    ...reply,
    body: {
      message: `Not right: ${Buffer.from(String(request.headers.authorization ?? "").slice(6), "base64")}`,
    },
  })),
  "sends the credentials back in a header": replies("created", (reply, { request }) => ({
    ...reply,
    headers: { "x-authorization": String(request.headers.authorization) },
  })),
};

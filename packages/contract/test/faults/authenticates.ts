import type { Behavior } from "../reference/server.ts";
import { PASSWORD, USERNAME } from "../reference/server.ts";
import { type Faults, replies } from "./fault.ts";

const pairs = (taken: (username: string, password: string) => boolean): Behavior => ({
  authorized: (right, pair) => {
    if (right || pair === undefined) return right;
    const colon = pair.indexOf(":");
    return colon >= 0 && taken(pair.slice(0, colon), pair.slice(colon + 1));
  },
});
const headers = (taken: (header: string | undefined) => boolean): Behavior => ({
  authorized: (right, _, { request }) => right || taken(request.headers.authorization),
});
const open = (id: string): Behavior => ({
  authorized: (right, _, { operation }) => right || operation.id === id,
});
const unauthorized = (change: Parameters<typeof replies>[1]): Behavior => replies("unauthorized", change);

/** Servers that accept wrong credentials, or refuse them differently than the spec says. */
export const authenticatesFaults: Faults = {
  "requires no credentials": { authorized: () => true },
  "requires none to create a link": open("createPayoutLink"),
  "requires none to send a payout": open("sendPayout"),
  "requires none to request a payout": open("createPayoutRequest"),
  "accepts a request without credentials": headers((header) => header === undefined),
  "accepts an empty header": headers((header) => header === ""),
  "accepts any credentials": pairs(() => true),
  "accepts any password": pairs((username) => username === USERNAME),
  "accepts any user name": pairs((_, password) => password === PASSWORD),
  "accepts the beginning of a password": pairs(
    (username, password) => username === USERNAME && password !== "" && PASSWORD.startsWith(password),
  ),
  "accepts a password with characters after it": pairs(
    (username, password) => username === USERNAME && password.startsWith(PASSWORD),
  ),
  "accepts any password of the right length": pairs(
    (username, password) => username === USERNAME && password.length === PASSWORD.length,
  ),
  "accepts the password in the other case": pairs(
    (username, password) => username === USERNAME && password.toLowerCase() === PASSWORD.toLowerCase(),
  ),
  "accepts the user name in the other case": pairs(
    (username, password) => username.toLowerCase() === USERNAME.toLowerCase() && password === PASSWORD,
  ),
  "accepts user name and password swapped": pairs(
    (username, password) => username === PASSWORD && password === USERNAME,
  ),
  "accepts an empty password": pairs((username, password) => username === USERNAME && password === ""),
  "accepts an empty user name and password": pairs(
    (username, password) => username === "" && password === "",
  ),
  "accepts invalid base64": headers((header) => header?.includes("%") === true),
  "accepts a pair without a colon": headers(
    (header) => header === `Basic ${Buffer.from("nobody").toString("base64")}`,
  ),
  "accepts only the scheme": headers((header) => header === "Basic"),
  "accepts any scheme": headers((header) => header?.startsWith("Bearer") === true),
  "answers 403": unauthorized((reply) => ({ ...reply, status: 403 })),
  "answers 400": unauthorized((reply) => ({ ...reply, status: 400 })),
  "answers 404 to wrong credentials": unauthorized((reply) => ({ ...reply, status: 404 })),
  "answers 200 and a message": unauthorized((reply) => ({ ...reply, status: 200 })),
  "fails with 500 on invalid base64": {
    reply: (reply, { request }) =>
      request.headers.authorization?.includes("%") ? { ...reply, status: 500 } : reply,
  },
  "redirects wrong credentials to a login page": unauthorized((reply) => ({
    ...reply,
    status: 302,
    headers: { location: "/login" },
  })),
  "does not name its scheme": unauthorized((reply) => ({ ...reply, headers: {} })),
  "names another scheme": unauthorized((reply) => ({
    ...reply,
    headers: { "www-authenticate": "Bearer" },
  })),
  "refuses wrong credentials in HTML": unauthorized((reply) => ({
    ...reply,
    headers: { ...reply.headers, "content-type": "text/html" },
  })),
  "refuses wrong credentials without a message": unauthorized((reply) => ({ ...reply, body: {} })),
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

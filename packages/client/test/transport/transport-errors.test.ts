import { describe, expect, it } from "vitest";
import { neverConnected } from "../../src/transport/transport.ts";

/** An error as Node's fetch throws it, with its cause. */
function failed(cause: object): Error {
  return Object.assign(new TypeError("fetch failed"), { cause });
}

const both = Object.assign(new AggregateError([{ syscall: "connect" }, { syscall: "connect" }]), {
  code: "ETIMEDOUT",
});

const itsOwnCause = new TypeError("fetch failed");
itsOwnCause.cause = itsOwnCause;

describe("an error of fetch", () => {
  it.each([
    failed({ code: "ECONNREFUSED", syscall: "connect" }),
    failed({ code: "ETIMEDOUT", syscall: "connect" }),
    failed({ code: "EHOSTUNREACH", syscall: "connect" }),
    failed({ code: "ENOTFOUND", syscall: "getaddrinfo" }),
    failed({ code: "EAI_AGAIN", syscall: "getaddrinfo" }),
    failed({ code: "UND_ERR_CONNECT_TIMEOUT" }),
    failed({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
    failed({ code: "SELF_SIGNED_CERT_IN_CHAIN" }),
    failed({ code: "CERT_HAS_EXPIRED" }),
    failed({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }),
    failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }),
    failed({ code: "ERR_SSL_WRONG_VERSION_NUMBER" }),
    failed({ code: "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE" }),
    failed(both),
    { code: "ConnectionRefused" },
    { code: "FailedToOpenSocket" },
    new TypeError("error sending request for url (http://localhost:1/): client error (Connect): refused"),
  ])("says that no connection was made: %o", (error) => {
    expect(neverConnected(error)).toBe(true);
  });

  it.each([
    failed({ code: "ECONNRESET", syscall: "read" }),
    failed({ code: "ETIMEDOUT", syscall: "read" }),
    failed({ code: "EHOSTUNREACH", syscall: "read" }),
    failed({ code: "EPIPE", syscall: "write" }),
    failed({ code: "UND_ERR_SOCKET" }),
    failed({ code: "UND_ERR_HEADERS_TIMEOUT" }),
    failed({ code: "HPE_INVALID_CONSTANT" }),
    failed({ code: "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC" }),
    failed(new AggregateError([{ syscall: "connect" }, { syscall: "read" }])),
    failed(new AggregateError([])),
    new TypeError("Failed to fetch"),
    new TypeError("Network connection lost."),
    new TypeError("error sending request for url (http://localhost:1/): client error (SendRequest)"),
    failed({ code: "HPE_AFTER_ECONNREFUSED" }),
    itsOwnCause,
    undefined,
    null,
    "ECONNREFUSED",
  ])("leaves it open: %o", (error) => {
    expect(neverConnected(error)).toBe(false);
  });
});

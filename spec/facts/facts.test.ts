import { assumptionAt } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { at, bundle, fieldsOf, operationOf, operations, schemaOf } from "../test/bundle.ts";

const steps =
  "[compliance id-verification background-check manage-payments manage-payouts payout redirect pdf-form-fill]";
const linkStatus =
  "[created funds_pending failed sent delivery_pending delivery_failed delivered claimed reversed canceled expired]";

const terms = {
  accounting_data: "object",
  "accounting_data.quickbooks_account_id": "integer",
  "accounting_data.quickbooks_class_id": "integer",
  force_collect_compliance_information: "boolean = false",
  idempotency_key: "string or null uuid",
  memo: "string",
  metadata: "string or object",
  payout_fee_party: "string or null [user platform null]",
  tax_exempt: "boolean",
};

const recipient = {
  payee: "object",
  "payee.country_code": "string, required",
  "payee.phone_number": "string, required",
  user_id: "string uuid",
};

/** The nullable fields of an object. */
const nullable = (prefix: string, fields: Record<string, string>) =>
  Object.fromEntries(
    Object.entries({ "": "object", ...fields }).map(([name, type]) => [
      name === "" ? prefix : `${prefix}.${name}`,
      type.includes("or null") || type === "any" ? type : type.replace(/^\w+/, "$& or null"),
    ]),
  );

const phone = { country_code: "string", phone_number: "string" };
const person = { first_name: "string", last_name: "string", email: "string", ...phone };
const time = "string pattern, required";

const link = {
  ...nullable("accounting_data", { quickbooks_account_id: "number", quickbooks_class_id: "number" }),
  amount: "number, required",
  claimed_user_id: "string or null uuid",
  created: time,
  ...nullable("delivery", {
    method: "string or null [link sms email all null]",
    email: "string",
    ...phone,
  }),
  description: "string or null",
  flow_id: "string or null uuid",
  funding_source: "string or null [dots_balance ach null]",
  id: "string uuid, required",
  link: "string or null uri, required",
  memo: "string or null",
  metadata: "any",
  ...nullable("payee", person),
  status: `string ${linkStatus}, required`,
  tax_exempt: "boolean or null",
  transfer_id: "string or null uuid",
};

const user = {
  auto_payout_enabled: "boolean or null",
  ...nullable("compliance", {
    "1099_collected": "boolean",
    address_collected: "boolean",
    background_check: "any",
    date_of_birth_collected: "boolean",
    flagged: "boolean",
    flags: "any",
    has_criminal_activity: "any",
    id_verified: "boolean",
    must_collect_1099: "boolean",
    tax_id_collected: "boolean",
    tax_id_verification: "string or null [unsubmitted pending matched mismatched null]",
    w8_ben_collected: "boolean",
    w9: "any",
  }),
  default_payout_method: "string or null [ach paypal venmo cash_app intl_bank airtm payoneer crypto null]",
  email: "string or null",
  first_name: "string or null",
  id: "string uuid",
  last_name: "string or null",
  metadata: "any",
  ...nullable("phone_number", phone),
  status: "string [verified unverified disabled in_review]",
  wallet: "object or null",
  "wallet.amount": "number",
  "wallet.credit_balance": "number or null",
  "wallet.withdrawable_amount": "number or null",
};

const inside = (prefix: string, fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, says]) => [`${prefix}.${name}`, says]));

const request = {
  amount: "number, required",
  created: time,
  id: "string uuid, required",
  memo: "string or null",
  metadata: "any",
  ...nullable("payee", phone),
  "payout-link": "object or null",
  ...inside("payout-link", link),
  status: "string [created approved rejected], required",
  user: "object or null",
  ...inside("user", user),
};

const transfer = {
  amount: "number or string, required",
  created: time,
  ...nullable("external_data", {
    account_id: "string",
    external_id: "string",
    platform:
      "string or null [ach rtp paypal venmo visa amazon cash_app intl_bank airtm payoneer wire invoice crypto null]",
  }),
  id: "string uuid, required",
  metadata: "any",
  payout_link_id: "string or null uuid",
  status: "string [created pending failed completed flagged reversed canceled], required",
  transactions: "array or null of object",
  type: "string or null [refill payout balance payment settlement payable null]",
  user_id: "string or null uuid",
};

/** The same lines in any order. */
const sorted = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).sort(([one], [other]) => one.localeCompare(other)));

describe("the description states", () => {
  it("where the API is", () => {
    expect(at("/servers")).toEqual([
      expect.objectContaining({ url: "https://api.dots.dev/api", "x-environment": "production" }),
      expect.objectContaining({ url: "https://pls.senddotssandbox.com/api", "x-environment": "sandbox" }),
    ]);
  });

  it("that every operation takes Basic credentials and optional headers", () => {
    for (const { security, parameters } of operations) {
      expect(security).toMatchObject([[{ type: "http", scheme: "basic" }]]);
      expect(parameters.filter((parameter) => parameter.in === "header")).toMatchObject([
        { name: "Api-App-Id", option: "appId", required: false },
        { name: "Dots-User-IP", option: "userIp", required: false },
      ]);
    }
  });

  it("which operations exist, what the client calls them, and how they succeed", () => {
    const lines = operations.map(({ method, path, client, responses }) => {
      const statuses = responses.map(({ status }) => status).filter((status) => status.startsWith("2"));
      return `${client}: ${method} ${path} ${statuses.join(" ")}`;
    });
    expect(lines.sort()).toEqual([
      "payoutLinks.cancel: DELETE /v2/payout-links/{payout_link_id} 200",
      "payoutLinks.create: POST /v2/payout-links 200 201 202",
      "payoutLinks.list: GET /v2/payout-links 200",
      "payoutLinks.redeliver: POST /v2/payout-links/{payout_link_id}/redeliver 200",
      "payoutLinks.retrieve: GET /v2/payout-links/{payout_link_id} 200",
      "payoutRequests.create: POST /v2/payout-requests 201",
      "payoutRequests.list: GET /v2/payout-requests 200",
      "payoutRequests.retrieve: GET /v2/payout-requests/{payout_request_id} 200",
      "payouts.send: POST /v2/payouts/send-payout 201",
      "transfers.list: GET /v2/transfers 200",
      "transfers.retrieve: GET /v2/transfers/{transfer_id} 200",
    ]);
  });

  it("which of them have a body, and which a key", () => {
    const bodies = operations.filter(({ requestBody }) => requestBody !== undefined);
    expect(bodies.map(({ id, requestBody }) => [id, requestBody?.required])).toEqual([
      ["createPayoutLink", true],
      ["sendPayout", true],
      ["createPayoutRequest", true],
    ]);
    const keys = operations.flatMap(({ id, idempotencyKey }) =>
      idempotencyKey ? [[id, idempotencyKey.pointer]] : [],
    );
    expect(keys).toEqual([
      ["createPayoutLink", "/idempotency_key"],
      ["sendPayout", "/idempotency_key"],
    ]);
  });

  it("how each of them fails", () => {
    for (const { id, responses, path } of operations) {
      const failures = responses.map(({ status }) => status).filter((status) => !status.startsWith("2"));
      const unknown = path.includes("{") ? ["404"] : [];
      expect(failures, id).toEqual(["400", "401", ...unknown, "4XX", "5XX"]);
    }
  });

  it("that a key lives for 24 hours, and what is assumed about it", () => {
    for (const id of ["createPayoutLink", "sendPayout"]) {
      const { idempotencyKey, pointer } = operationOf(id);
      expect(idempotencyKey).toMatchObject({
        lifetime: 24 * 3_600_000,
        scope: ["client", "appId", "operation"],
        usedByRefusal: false,
        caseSensitive: false,
        replayStatus: "any",
      });
      const place = `${pointer}/x-idempotency-key`;
      for (const name of ["scope", "usedByRefusal", "caseSensitive", "replayStatus"]) {
        expect(assumptionAt(bundle, `${place}/${name}`), name).toBeDefined();
      }
      for (const name of ["at", "lifetime"]) expect(assumptionAt(bundle, `${place}/${name}`)).toBeUndefined();
    }
  });

  it("that a link paid from a bank account may wait for its funds", () => {
    const accepted = operationOf("createPayoutLink").responses.find(({ status }) => status === "202");
    expect(accepted?.condition).toEqual({
      request: [{ pointer: "/funding_source", value: "ach" }],
      response: [{ pointer: "/status", value: "funds_pending" }],
    });
    expect(assumptionAt(bundle, `${accepted?.pointer}/x-when`)).toBeDefined();
  });

  it("what a new payout link consists of", () => {
    expect(fieldsOf(schemaOf("createPayoutLink"))).toEqual(
      sorted({
        additional_steps: `array of string ${steps} or object each once`,
        amount: "integer > 0, required",
        delivery: "object",
        "delivery.message": "string",
        "delivery.method": "string [sms link email all]",
        description: "string",
        funding_source: "string [dots_balance ach] = dots_balance",
        hide_go_to_dashboard_on_complete: "boolean = false",
        payee: "object",
        ...inside("payee", person),
        user_id: "string uuid",
        ...terms,
      }),
    );
  });

  it("which settings a step can have", () => {
    expect(fieldsOf("/components/schemas/FlowStepSettings")).toEqual(
      sorted({
        auto_payout_enabled: "boolean",
        force: "boolean",
        hide_continue_button: "boolean",
        name: `string ${steps}, required`,
        payment_intent_id: "string",
        payout_fee_party: "string or null [user platform null]",
        redirect_url: "string uri",
        require_auto_payout_method: "boolean",
        require_default_payout_method: "boolean",
      }),
    );
  });

  it("what a new payout consists of", () => {
    expect(fieldsOf(schemaOf("sendPayout"))).toEqual(
      sorted({
        additional_steps: `array of string ${steps}`,
        amount: "integer > 0, required",
        delivery: "object",
        "delivery.message": "string",
        ...recipient,
        ...terms,
      }),
    );
  });

  it("what a new payout request consists of", () => {
    expect(fieldsOf(schemaOf("createPayoutRequest"))).toEqual(
      sorted({ amount: "integer > 0, required", memo: "string", metadata: "string or object", ...recipient }),
    );
  });

  it.each([
    ["createPayoutLink", "200"],
    ["createPayoutLink", "201"],
    ["createPayoutLink", "202"],
    ["sendPayout", "201"],
    ["retrievePayoutLink", "200"],
    ["cancelPayoutLink", "200"],
  ])("that %s answers %s with a payout link", (id, status) => {
    expect(fieldsOf(schemaOf(id, status))).toEqual(sorted(link));
  });

  it("what a redelivery returns", () => {
    expect(fieldsOf(schemaOf("redeliverPayoutLink", "200"))).toEqual(
      sorted({
        payout_link: "object, required",
        redelivered: "boolean, required",
        ...inside("payout_link", link),
      }),
    );
  });

  it.each([
    ["createPayoutRequest", "201"],
    ["retrievePayoutRequest", "200"],
  ])("that %s answers %s with a payout request", (id, status) => {
    expect(fieldsOf(schemaOf(id, status))).toEqual(sorted(request));
  });

  it("what a transfer is", () => {
    expect(fieldsOf(schemaOf("retrieveTransfer", "200"))).toEqual(sorted(transfer));
  });

  it.each([
    ["listPayoutLinks", "PayoutLink"],
    ["listPayoutRequests", "PayoutRequest"],
    ["listTransfers", "Transfer"],
  ])("how %s is divided into pages", (id, item) => {
    const schema = schemaOf(id, "200");
    expect(fieldsOf(schema)).toEqual({ data: "array of object, required", has_more: "boolean, required" });
    const { parameters, resource, pointer } = operationOf(id);
    expect(at(`/components/schemas/${item}Page/properties/data/items`)).toEqual({
      $ref: `#/components/schemas/${item}`,
    });
    expect(resource).toMatchObject({
      does: "list",
      items: "/data",
      order: "newest",
      page: {
        limit: "limit",
        after: { parameter: "starting_after", from: "/id" },
        before: { parameter: "ending_before", from: "/id" },
        more: "/has_more",
        bothCursors: 400,
        unknownCursor: 400,
      },
    });
    expect(parameters.find(({ name }) => name === "limit")?.node["schema"]).toMatchObject({
      type: "integer",
      minimum: 1,
      maximum: 100,
      default: 10,
    });
    for (const keyword of ["minimum", "maximum", "default"]) {
      expect(assumptionAt(bundle, `/components/parameters/Limit/schema/${keyword}`)).toBeDefined();
    }
    for (const key of ["bothCursors", "unknownCursor"]) {
      expect(assumptionAt(bundle, `${pointer}/x-resource/page/${key}`)).toBeDefined();
    }
  });

  it("by what transfers can be filtered and ordered, and by nothing else", () => {
    const others = ["Api-App-Id", "Dots-User-IP", "limit", "starting_after", "ending_before"];
    const own = (id: string) =>
      operationOf(id)
        .parameters.filter(({ name }) => !others.includes(name))
        .map(({ name, node }) => `${name} ${JSON.stringify(node["schema"])}`);
    expect(own("listPayoutLinks")).toEqual([]);
    expect(own("listPayoutRequests")).toEqual([]);
    expect(own("listTransfers")).toEqual([
      'user_id {"type":"string","format":"uuid"}',
      'type {"type":"string"}',
      'status {"type":"string"}',
      'start_date {"type":"string","format":"date-time"}',
      'end_date {"type":"string","format":"date-time"}',
      'reverse_order {"type":"boolean","default":false}',
    ]);
    expect(operationOf("listTransfers").resource).toMatchObject({
      filters: [
        { parameter: "user_id", pointer: "/user_id", keeps: "same" },
        { parameter: "type", pointer: "/type", keeps: "same" },
        { parameter: "status", pointer: "/status", keeps: "same" },
        { parameter: "start_date", pointer: "/created", keeps: "from" },
        { parameter: "end_date", pointer: "/created", keeps: "to" },
      ],
      reverse: "reverse_order",
    });
    expect(assumptionAt(bundle, `${operationOf("listPayoutLinks").pointer}/x-resource/order`)).toBeDefined();
    expect(assumptionAt(bundle, `${operationOf("listTransfers").pointer}/x-resource/order`)).toBeUndefined();
  });

  it("which IDs in paths are UUIDs", () => {
    const inPath = (id: string) =>
      operationOf(id).parameters.find((parameter) => parameter.in === "path")?.node;
    expect(inPath("retrievePayoutLink")).toMatchObject({
      name: "payout_link_id",
      schema: { type: "string" },
    });
    expect(inPath("retrievePayoutRequest")).toMatchObject({
      name: "payout_request_id",
      schema: { type: "string" },
    });
    expect(inPath("retrieveTransfer")).toMatchObject({ name: "transfer_id", schema: { format: "uuid" } });
  });

  it("what cancels and what redelivers a link", () => {
    const cancel = operationOf("cancelPayoutLink");
    expect(cancel.resource).toMatchObject({
      does: "change",
      by: "payout_link_id",
      move: "cancel",
      sets: [{ pointer: "/status", value: "canceled" }],
    });
    expect(assumptionAt(bundle, `${cancel.pointer}/x-resource/move`)).toBeDefined();
    const redeliver = operationOf("redeliverPayoutLink");
    expect(redeliver).toMatchObject({
      delivers: true,
      resource: { does: "change", at: "/payout_link", most: { times: 5, done: 1 } },
    });
    expect(assumptionAt(bundle, `${redeliver.pointer}/x-resource/most/times`)).toBeUndefined();
    expect(assumptionAt(bundle, `${redeliver.pointer}/x-resource/most/done`)).toBeDefined();
  });

  it.each(["400", "401", "404", "4XX", "5XX"])(
    "as little as possible about a %s, marked as assumed",
    (status) => {
      for (const { id, responses } of operations) {
        const response = responses.find((known) => known.status === status);
        if (response === undefined) continue;
        expect(fieldsOf(schemaOf(id, status))).toEqual({
          code: "any",
          error: "any",
          error_code: "any",
          message: "string, required",
        });
        expect(assumptionAt(bundle, response?.pointer ?? "")).toBeDefined();
      }
      expect(assumptionAt(bundle, "/components/schemas/Problem/required", "message")).toBeDefined();
    },
  );

  it("only as an assumption that a link's amount has a limit, but as a fact for the others", () => {
    const bound = (name: string): string | undefined => {
      const parts = at(`/components/schemas/${name}/allOf`);
      const last = (Array.isArray(parts) ? parts : []).findIndex((part) =>
        JSON.stringify(part).includes('"amount"'),
      );
      return assumptionAt(
        bundle,
        `/components/schemas/${name}/allOf/${last}/properties/amount/exclusiveMinimum`,
      );
    };
    expect(bound("NewPayoutLink")).toBeDefined();
    expect(bound("NewPayout")).toBeUndefined();
    expect(bound("NewPayoutRequest")).toBeUndefined();
  });

  it.each([
    "/components/schemas/NewPayoutLink/unevaluatedProperties",
    "/components/schemas/NewPayout/unevaluatedProperties",
    "/components/schemas/NewPayoutRequest/unevaluatedProperties",
    "/components/schemas/PayoutLink/required",
    "/components/schemas/PayoutRequest/required",
    "/components/schemas/Timestamp/description",
    "/paths/~1v2~1payout-links/post/responses/200/x-echo",
    "/paths/~1v2~1payouts~1send-payout/post/responses/201/x-echo",
    "/paths/~1v2~1payout-requests/post/responses/201/x-echo",
  ])("only as an assumption what is at %s", (place) => {
    expect(at(place)).toBeDefined();
    expect(assumptionAt(bundle, place)).toBeDefined();
  });

  it.each([
    "/components/schemas/PayoutLink/properties/id/format",
    "/components/schemas/PayoutLinkStatus/enum",
    "/components/schemas/Timestamp/pattern",
    "/components/schemas/NewPayoutLink/allOf/2/then",
    "/components/schemas/Recipient/allOf/1/anyOf",
  ])("as a fact what is at %s", (place) => {
    expect(at(place)).toBeDefined();
    expect(assumptionAt(bundle, place)).toBeUndefined();
  });

  it("which error codes exist, and that there are more", () => {
    const codes = at("/components/schemas/ErrorCode/anyOf/0/enum");
    expect(codes).toContain("transaction-insufficient-funds");
    expect(codes).toContain("resource-busy");
    expect(codes).toHaveLength(14);
    expect(at("/components/schemas/ErrorCode/anyOf/1")).toEqual({ type: ["string", "null"] });
  });
});

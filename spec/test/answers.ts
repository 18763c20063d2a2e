// Responses in the known forms of servers, in our own words: with every field, like older servers, and with nulls and
// times without a zone, like newer ones.

const OLD_PERSON = {
  first_name: "Noor",
  last_name: "Haddad",
  email: "noor.haddad@example.com",
  country_code: "1",
  phone_number: "2025550164",
};

export const OLD_LINK = {
  id: "a3c1f7d2-8e45-4b90-9c6d-1f2e3a4b5c6d",
  created: "2024-02-19T08:30:00Z",
  link: "https://links.example.com/a3c1f7d2",
  amount: 5150,
  status: "sent",
  payee: OLD_PERSON,
  delivery: {
    method: "link",
    email: "noor.haddad@example.com",
    country_code: "1",
    phone_number: "2025550164",
  },
  tax_exempt: true,
  claimed_user_id: "b4d2e8f3-9f56-4ca1-8d7e-2a3b4c5d6e7f",
  flow_id: "c5e3f904-a067-4db2-9e8f-3b4c5d6e7f80",
  metadata: "order 7781",
};

export const NEW_LINK = {
  accounting_data: { quickbooks_account_id: null, quickbooks_class_id: null },
  amount: 3300,
  claimed_user_id: null,
  created: "2026-08-02T17:45:09.102938",
  delivery: { country_code: null, email: null, method: "all", phone_number: null },
  description: null,
  flow_id: "d6f40a15-b178-4ec3-af90-4c5d6e7f8091",
  funding_source: "dots_balance",
  id: "e7051b26-c289-4fd4-b0a1-5d6e7f8091a2",
  link: "https://links.example.com/flow/d6f40a15-b178-4ec3-af90-4c5d6e7f8091",
  memo: null,
  metadata: null,
  payee: { country_code: null, email: null, first_name: null, last_name: null, phone_number: null },
  status: "delivered",
  tax_exempt: false,
  transfer_id: "f8162c37-d39a-40e5-81b2-6e7f8091a2b3",
};

/** With null in every nullable field. */
export const EMPTY_LINK = {
  ...Object.fromEntries(Object.keys(NEW_LINK).map((name) => [name, null])),
  id: NEW_LINK.id,
  created: "2026-08-02T17:45:09",
  amount: 3300,
  status: "created",
};

const OLD_USER = {
  id: "09273d48-e4ab-41f6-92c3-7f8091a2b3c4",
  first_name: "Noor",
  last_name: "Haddad",
  email: "noor.haddad@example.com",
  phone_number: { country_code: "1", phone_number: "2025550164" },
  wallet: { amount: 5150, withdrawable_amount: 5150, credit_balance: 0 },
  compliance: {
    tax_id_collected: true,
    address_collected: true,
    date_of_birth_collected: true,
    must_collect_1099: true,
    "1099_collected": true,
    w8_ben_collected: true,
    flagged: true,
    id_verified: true,
  },
  default_payout_method: "paypal",
  auto_payout_enabled: true,
  metadata: "member 12",
};

export const OLD_REQUEST = {
  id: "1a384e59-f5bc-4207-a3d4-8091a2b3c4d5",
  created: "2024-02-19T08:31:00Z",
  amount: 5150,
  status: "created",
  payee: { country_code: "1", phone_number: "2025550164" },
  "payout-link": { ...OLD_LINK, description: "Prize", accounting_data: { quickbooks_account_id: 17 } },
  user: OLD_USER,
  metadata: "order 7781",
  memo: "Thank you",
};

export const NEW_REQUEST = {
  ...OLD_REQUEST,
  created: "2026-08-02T17:46:11.5",
  payee: null,
  "payout-link": null,
  user: {
    ...OLD_USER,
    phone_number: null,
    status: "in_review",
    wallet: { amount: 0, withdrawable_amount: null, credit_balance: null },
    compliance: {
      ...OLD_USER.compliance,
      tax_id_verification: "pending",
      has_criminal_activity: null,
      background_check: { state: "clear" },
      w9: null,
      flags: ["duplicate"],
    },
    default_payout_method: null,
    metadata: null,
  },
  metadata: null,
  memo: null,
};

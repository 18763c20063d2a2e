import { startMock } from "@dots-payouts/mock";
import { afterAll } from "vitest";
import { contract } from "../src/vitest.ts";

const [username, password] = ["client_5d1f", "sk_test_2b7e151628aed2a6"];
const mock = await startMock({ port: 0, username, password });
afterAll(() => mock.close());

contract({ url: mock.url, username, password });

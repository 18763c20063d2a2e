import { mockHandlers } from "@dots-payouts/mock/msw";
import { setupWorker } from "msw/browser";

const mock = mockHandlers();
const worker = setupWorker(...mock.handlers);
await worker.start({ quiet: true, onUnhandledFrame: "bypass" });
Object.assign(globalThis, { mock, ready: true });

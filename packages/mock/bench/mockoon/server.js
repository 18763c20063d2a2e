import { readFileSync } from "node:fs";
import { OpenApiConverter } from "@mockoon/commons";
import { MockoonServer } from "@mockoon/commons-server";

/** Mockoon with its own import of the spec: no validation, one answer per path. */
const [bundle = "", port] = process.argv.slice(2);
const environment = await new OpenApiConverter().convertFromOpenAPI(
  readFileSync(bundle, "utf8"),
  Number(port),
);
if (environment === null) throw new Error("Mockoon does not take the spec");
const local = { ...environment, hostname: "127.0.0.1", endpointPrefix: "" };
new MockoonServer(local, { disabledRoutes: [], envVarsPrefix: "MOCKOON_", enableAdminApi: false }).start();

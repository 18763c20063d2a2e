import { describeFaults } from "./find.ts";

describeFaults("accepts");

import { runSuite } from "./suite.js";

export default {
  async fetch(request) {
    const { url, closed, runtime } = await request.json();
    return Response.json(await runSuite(url, closed, runtime));
  },
};

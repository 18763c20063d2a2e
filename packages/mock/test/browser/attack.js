/** Everything that a page can try with another origin's server. Returns what it could read. */
// biome-ignore lint/correctness/noUnusedVariables: the test calls it
async function attack(url, link) {
  const authorization = "Basic Y2xpZW50OmtleQ==";
  const got = [];
  const own = `${url}/__mock`;
  const gets = ["/", "/requests", "/events", "/resources", "/deliveries", "/answers", "/clock", "/page.js"];
  const posts = [
    ["/answers", '{"status":500}'],
    ["/clock", '{"advance":"25h"}'],
    [`/resources/${link}/moves/claim`, ""],
    ["/deliveries/hold", ""],
  ];
  const ask = async (target, init) => {
    const response = await fetch(target, { ...init, signal: AbortSignal.timeout(5_000) });
    got.push(`${response.type} ${init.method ?? "GET"} ${await response.text()}`);
  };
  const tries = [];
  for (const mode of ["cors", "no-cors"]) {
    for (const credentials of ["include", "omit"]) {
      for (const path of gets) tries.push(ask(own + path, { mode, credentials }));
      for (const [path, body] of posts) {
        tries.push(ask(own + path, { mode, credentials, method: "POST", body }));
      }
      tries.push(ask(`${url}/v2/payout-links`, { mode, credentials, method: "POST", body: '{"amount":1}' }));
      tries.push(ask(`${url}/v2/payout-links/${link}`, { mode, credentials }));
    }
  }
  tries.push(ask(`${own}/state`, { method: "DELETE" }));
  tries.push(ask(`${url}/v2/payout-links/${link}`, { headers: { authorization } }));
  const headers = { authorization, "content-type": "application/json" };
  tries.push(ask(`${url}/v2/payout-links`, { method: "POST", headers, body: '{"amount":1}' }));
  navigator.sendBeacon(`${own}/answers`, '{"status":500}');
  const loads = (tag, target) =>
    new Promise((resolve) => {
      const element = document.createElement(tag);
      if (element instanceof HTMLLinkElement) Object.assign(element, { rel: "stylesheet", href: target });
      else element.src = target;
      element.onload = () => {
        const inside = element instanceof HTMLIFrameElement ? element.contentDocument : undefined;
        if (inside?.body.textContent) got.push(`frame ${inside.body.textContent}`);
        resolve();
      };
      element.onerror = () => resolve();
      setTimeout(resolve, 2_000);
      document.body.append(element);
    });
  tries.push(loads("img", `${own}/requests?valueOf=1`), loads("script", `${own}/requests`));
  tries.push(loads("link", `${own}/page.css`), loads("iframe", `${own}/`));
  tries.push(
    new Promise((resolve) => {
      const events = new EventSource(`${own}/events?since=0`);
      events.onopen = () => got.push("the stream of events");
      events.onmessage = ({ data }) => got.push(String(data));
      events.onerror = () => resolve();
      setTimeout(resolve, 2_000);
    }).then(() => {}),
  );
  const form = document.createElement("form");
  const frame = document.createElement("iframe");
  frame.name = "form";
  Object.assign(form, { method: "post", action: `${own}/answers`, target: "form", enctype: "text/plain" });
  const field = document.createElement("input");
  Object.assign(field, { name: '{"status":500,"body":"', value: '"}' });
  form.append(field);
  document.body.append(frame, form);
  form.submit();
  await Promise.allSettled(tries);
  return got;
}

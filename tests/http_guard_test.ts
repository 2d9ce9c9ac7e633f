import assert from "node:assert/strict";
import { isPublicAddress } from "../lib/http_tools/addresses.ts";
import { guardedFetch, MAX_ANSWER_BYTES, RefusedRequest } from "../lib/http_tools/guarded_fetch.ts";
import { urlOf } from "../lib/http_tools/http_tool.ts";
import { withApi } from "./company_api.ts";

const never = new AbortController().signal;

Deno.test("redirects, oversized answers and hosts that nobody listed are refused", async () => {
  const answers = [
    () => Response.redirect("http://127.0.0.1:1/elsewhere", 302),
    () => new Response("x".repeat(MAX_ANSWER_BYTES + 1)),
    () => Response.json({ fine: true }),
  ];
  await withApi(() => answers.shift()!(), async (host, asked) => {
    const hosts = [{ host, allowPrivate: true }];
    const ask = (url: string) => guardedFetch(new URL(url), { signal: never }, { hosts });
    await assert.rejects(
      ask(`http://${host}/a`),
      /must answer itself: received a redirect \(302\)/,
    );
    await assert.rejects(ask(`http://${host}/b`), /must have at most 262144 bytes/);
    assert.equal((await ask(`http://${host}/c`)).text, '{"fine":true}');
    await assert.rejects(ask("http://127.0.0.1:9/"), /tools.hosts in agent.yaml must list it/);
    await assert.rejects(ask("https://evil.example/"), /must list it/);
    assert.equal(asked.length, 3);
  });
});

Deno.test("a listed host is refused when its address is not on the public internet", async () => {
  const ask = (url: string, addresses: string[], host = new URL(url).host) =>
    guardedFetch(new URL(url), { signal: never }, {
      hosts: [{ host, allowPrivate: false }],
      resolve: () => Promise.resolve(addresses),
    });
  const refused = { name: "RefusedRequest", message: /must have a public address/ };
  for (
    const url of [
      "https://127.0.0.1/",
      "https://2130706433/", // 127.0.0.1 as one number
      "https://0x7f000001/",
      "https://0177.0.0.1/",
      "https://127.1/",
      "https://169.254.169.254/latest/meta-data",
      "https://[::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://[fd00::1]/",
    ]
  ) await assert.rejects(ask(url, []), refused, url);
  await assert.rejects(ask("https://api.example.com/", ["10.1.2.3"]), refused);
  await assert.rejects(ask("https://api.example.com/", ["8.8.8.8", "fe80::1"]), refused);
  await assert.rejects(ask("https://api.example.com/", []), refused);
  await assert.rejects(ask("http://api.example.com/", ["8.8.8.8"]), /over https/);
});

Deno.test("addresses of the public internet are told from all others", () => {
  const open = ["8.8.8.8", "41.90.0.1", "2a00:1450:4001::200e", "::ffff:8.8.8.8"];
  const closed = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.53",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.1.1",
    "198.19.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::10.0.0.1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "2001::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "not an address",
    "",
  ];
  for (const address of open) assert.equal(isPublicAddress(address), true, address);
  for (const address of closed) assert.equal(isPublicAddress(address), false, address);
});

Deno.test("no argument can leave its place in the address", () => {
  const template = "https://api.example.com/orders/{id}/items?q={id}";
  for (const id of ["..", "."]) assert.throws(() => urlOf(template, { id }), RefusedRequest);
  for (const id of ["../../admin", "a?b=c#d", "a\\b", "%2e%2e", "x@evil.example", "1\r\n2"]) {
    const url = urlOf(template, { id });
    assert.equal(url.host, "api.example.com", id);
    assert.equal(url.pathname.split("/").length, 4, id);
    assert.equal(decodeURIComponent(url.pathname.split("/")[2]), id);
    assert.equal(url.searchParams.get("q"), id);
  }
});

// Runs the module's own cases, and replays recordings of browsers: `node replay.mjs MODULES RECORDING...`. The
// module does each fetch with the profile of each recorded browser. Its requests and its outcome must be those of that
// browser. `MODULES` is a file, or two with a comma between. The second module must do what the first does by the standard.
//
// Some fetches are left out, with the rest of their scenario: the answer redirects, which needs a URL parser; it is a
// 421, after which the request is sent again; the module does not have the cache mode or the body; or the text does not
// fit into a line. Scenarios about the size of a browser's cache are left out, because the module's has another size.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const instance = async (file) => new WebAssembly.Instance(await WebAssembly.compile(await readFile(file))).exports;
const [module, second] = await Promise.all(process.argv[2].split(",").map(instance));

const tally = module.run_cases();
console.log(`${tally & 0xffffffffn} cases passed; ${tally >> 32n} failed`);
assert(tally >= 1000n && tally >> 32n === 0n, "all cases pass");

function ask(what, text, { memory, input, output, limit, [what]: answer } = module) {
  const bytes = Buffer.from(text, "latin1");
  assert(bytes.length <= limit());
  new Uint8Array(memory.buffer, input(), bytes.length).set(bytes);
  const length = answer(bytes.length);
  assert.notEqual(length, 0, `it can be read: ${text}`);
  return Buffer.from(memory.buffer, output(), length).toString("latin1");
}

const lines = (headers) => headers.map(([name, value]) => `${name}: ${value}\n`).join("");

/** The server of the recordings, which adds some headers of its own. */
function answer(scenario, number, when, url) {
  const fits = (rule) => rule.when === when && rule.url === url && (rule.fetch ?? number) === number;
  const { status, headers } = scenario.server.find(fits) ?? { status: 404, headers: [] };
  const own = [["Connection", "keep-alive"]];
  if (![204, 205, 304].includes(status)) own.push(["Content-Length", "0"]);
  if (!headers.some(([name]) => name.toLowerCase() === "cache-control")) own.push(["Cache-Control", "no-store"]);
  return { status, headers: [...headers, ...own] };
}

const body = (body) =>
  body === null ? "" : typeof body === "string" ? "text" : "urlencoded" in body ? "url-search-params" : `blob:${body.type}`;

// The fetches that the module supports. Other cache modes and bodies are covered by the tests.
const isModelled = ({ body, cache = "default" }) =>
  cache === "default" && (body === null || typeof body === "string" || "urlencoded" in body || "type" in body);
const inUtf8 = (text) => Buffer.from(text, "utf8").toString("latin1");
const isAscii = (text) => /^[ -~]*$/.test(text);
const isLine = ([name, value]) => /^[!-9;-~]+$/.test(name) && !/[^\x00-\xff]|[\n\f]/.test(value);

const COMPARED = ["origin", "access-control-request-method", "access-control-request-headers", "authorization"];

/** A request as it is compared: what of it CORS decides. */
function sent({ method, url, headers }) {
  const values = (wanted) => headers.filter(([name]) => name === wanted).map(([, value]) => value);
  return [method, url, COMPARED.map((name) => values(name).join(", ")), values("cookie").length > 0];
}

function parsed(text) {
  const parts = text.split("\n\n");
  const [last, ...names] = parts.pop().trimEnd().split("\n");
  const exchanges = parts.map((part) => {
    const [first, ...headers] = part.split("\n");
    const [method, url] = first.split(" ");
    const colon = (line) => line.indexOf(":");
    const pairs = headers.map((line) => [line.slice(0, colon(line)).toLowerCase(), line.slice(colon(line) + 2)]);
    return sent({ method, url, headers: pairs });
  });
  const [kind, type, status] = last.split(" ");
  const visible = [...new Set(names.map((name) => name.toLowerCase()))].sort();
  return { exchanges, outcome: kind === "response" ? { type, status: Number(status), visible } : { kind } };
}

function observed({ exchanges, outcome }, api) {
  if (outcome.type === "error") return { kind: outcome.thrown_before_network ? "throws" : "error" };
  // XMLHttpRequest does not show the type.
  return { type: api === "xhr" ? undefined : outcome.type, status: outcome.status, visible: outcome.headers };
}

const CACHE_HOLDS = 64;
let classifications = 0,
  replayed = 0, skipped = 0, preflights = 0, refused = 0;
for (const file of process.argv.slice(3)) {
  for (const line of (await readFile(file, "utf8")).trimEnd().split("\n")) {
    const scenario = JSON.parse(line);
    if (scenario.fetches.length > CACHE_HOLDS) {
      skipped += 3 * scenario.fetches.length;
      continue;
    }
    for (const browser of ["chromium", "firefox", "webkit"]) {
      module.forget();
      let now = 0;
      for (const [number, fetch] of scenario.fetches.entries()) {
        const { api, request, wait_ms } = fetch;
        now += wait_ms;
        const url = new URL(request.url);
        // Newer URL parsers do this.
        url.pathname = url.pathname.replaceAll("^", "%5E");
        const onTheWire = new URL(url.href);
        Object.assign(onTheWire, { hash: "", username: "", password: "" });
        const answers = ["preflight", "actual"].map((when) => answer(scenario, number, when, onTheWire.href));
        const redirects = answers.some(({ status, headers }) => {
          return status >= 300 && status <= 399 && headers.some(([name]) => name.toLowerCase() === "location");
        });
        const lists = [request.headers, ...answers.map(({ headers }) => headers)];
        const unwritable = !isModelled(request) || !isAscii(request.method + body(request.body)) || lists.flat().some((line) => !isLine(line));
        const sentAgain = answers.some(({ status }) => status === 421);
        if (redirects || unwritable || sentAgain) {
          skipped += scenario.fetches.length - number;
          break;
        }
        const { origin, method, mode, credentials, redirect, referrer_policy } = request;
        const listener = request.upload_listener ? "upload" : "";
        const head = [browser, now, api, origin, url.href, method, mode, credentials, redirect, referrer_policy, body(request.body), listener];
        const heads = answers.map(({ status, headers }) => `${status}\n${lines(headers)}\n`);
        const asked = `${head.join("\n")}\n${lines(request.headers)}\n`;
        // With an empty cache, the standard's classification must agree with the preflight.
        if (number === 0 && browser === "chromium") {
          const byTheStandard = (text) => text.replace(browser, "fetch");
          const text = ask("classify", byTheStandard(asked));
          const classified = text.startsWith("OPTIONS ") ? parsed(`${text}\n`).exchanges : [];
          const isPreflight = ([, , [, accessControlRequestMethod]]) => accessControlRequestMethod !== "";
          const driven = byTheStandard(asked + heads.join(""));
          const whole = ask("drive", driven);
          assert.deepEqual(classified, parsed(whole).exchanges.filter(isPreflight), `${scenario.id}: classified`);
          classifications++;
          module.forget();
          if (second) assert.equal(ask("drive", driven, second), whole, `${scenario.id}: the second module`);
        }
        const found = parsed(ask("drive", asked + heads.join("")));
        const recorded = fetch.observed[browser];
        const expected = { exchanges: recorded.exchanges.map(sent), outcome: observed(recorded, api) };
        if (api === "xhr" && found.outcome.type) found.outcome.type = undefined;
        // WebKit writes headers in UTF-8, which is left to the transport.
        if (browser === "webkit") for (const exchange of found.exchanges ?? []) exchange[2] = exchange[2].map(inUtf8);
        assert.deepEqual(found, expected, `${scenario.id}, fetch ${number}, ${browser}`);
        replayed++;
        preflights += found.exchanges.filter(([method]) => method === "OPTIONS").length;
        refused += found.outcome.kind === "error";
      }
    }
  }
}
console.log(`${classifications} fetches classified as the standard does${second ? ", and done alike by both modules" : ""}`);
console.log(`${replayed} fetches of browsers as they were recorded: ${preflights} preflights, ${refused} refused; ${skipped} left out`);
// So many recorded fetches remain.
assert(replayed >= 13_000 && preflights > 0 && refused > 0, "as many as there are");

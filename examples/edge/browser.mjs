// Opens `page.html` in real browsers: `node browser.mjs edge.wasm`. The page calls the example's server from an origin that the
// policy allows, and from one that it does not. A browser that is not installed is skipped.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cors } from "./cors.mjs";
import { application, serve } from "./server.mjs";

/** WebKitGTK's MiniBrowser is not on the PATH, and needs a display: `xvfb-run` starts one. */
const miniBrowser = spawnSync("sh", ["-c", "ls /usr/lib/*/webkit2gtk-4.1/MiniBrowser 2> /dev/null | head -n 1"]).stdout.toString().trim();
const BROWSERS = [
  ["chromium", (profile) => ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", `--user-data-dir=${profile}`]],
  ["firefox-esr", (profile) => ["--headless", "--no-remote", "--profile", profile]],
  [miniBrowser ? "xvfb-run" : "MiniBrowser", () => ["--auto-servernum", miniBrowser]],
];
const OF_WEBKIT = {
  GDK_BACKEND: "x11",
  LIBGL_ALWAYS_SOFTWARE: "1",
  NO_AT_BRIDGE: "1",
  WEBKIT_DISABLE_COMPOSITING_MODE: "1",
  // Its sandbox needs namespaces, which a container may lack.
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
};
const PATIENCE = 120_000;

const READ = [200, "[]", '"1"', null];
const EXPECTED = {
  allowed: {
    results: { get: READ, put: [200, "[1]", '"1"', null], delete: READ, patch: "TypeError", header: "TypeError" },
    asked: ["GET", "PUT", "DELETE"],
    preflights: ["204"],
  },
  refused: {
    results: { get: "TypeError", put: "TypeError", delete: "TypeError", patch: "TypeError", header: "TypeError" },
    // A simple request is sent without a preflight; the browser keeps its response from the page.
    asked: ["GET"],
    preflights: ["403"],
  },
};

const cors = new Cors(await WebAssembly.compile(await readFile(process.argv[2])));
let asked = [];
// A set of statuses, without counts: the browser's preflight cache decides how many preflights there are.
let preflights = new Set();
const api = serve(async (request) => {
  let reached = false;
  const response = await cors.handle(request, (request) => ((reached = true), application(request)));
  if (reached) asked.push(request.method);
  else preflights.add(`${response.status}`);
  return response;
});

let report = () => {};
const page = await readFile(new URL("page.html", import.meta.url));
const pages = createServer((incoming, outgoing) => {
  if (incoming.url !== "/results") return outgoing.writeHead(200, { "content-type": "text/html" }).end(page);
  const chunks = [];
  incoming.on("data", (chunk) => chunks.push(chunk));
  incoming.on("end", () => {
    report({ ...JSON.parse(Buffer.concat(chunks)), asked, preflights: [...preflights] });
    [asked, preflights] = [[], new Set()];
    outgoing.end();
  });
});
const listen = (server) => new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(server.address().port)));
const [apiPort, pagePort] = [await listen(api), await listen(pages)];
// `localhost` may first resolve to an address where nothing listens. Browsers then try this one.
const url = `http://localhost:${pagePort}/?api=${encodeURIComponent(`http://127.0.0.1:${apiPort}/items`)}`;

for (const [browser, flags] of BROWSERS) {
  if (spawnSync("which", [browser]).status !== 0) {
    console.log(`${browser}: skipped, it is not installed`);
    continue;
  }
  const profile = await mkdtemp(join(tmpdir(), "edge-"));
  const env = { ...process.env, HOME: profile, ...OF_WEBKIT };
  const child = spawn(browser, [...flags(profile), url], { stdio: "ignore", detached: true, env });
  try {
    const results = await new Promise((resolve, reject) => {
      const results = [];
      report = (result) => results.push(result) === 2 && resolve(results);
      setTimeout(() => reject(new Error(`${browser} does not answer`)), PATIENCE).unref();
      child.on("exit", () => reject(new Error(`${browser} ended`)));
    });
    const [allowed, refused] = results.map(({ results, asked, preflights }) => ({ results, asked, preflights }));
    assert.deepEqual(results.map(({ origin }) => new URL(origin).hostname), ["localhost", "127.0.0.1"]);
    assert.deepEqual({ allowed, refused }, EXPECTED, browser);
    console.log(`${browser}: as it should be`);
  } finally {
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.on("exit", resolve));
    if (child.exitCode === null && child.signalCode === null) {
      // `xvfb-run` ends its display on SIGTERM; SIGKILL would leave the display running.
      process.kill(-child.pid, browser === "xvfb-run" ? "SIGTERM" : "SIGKILL");
      await ended;
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
for (const server of [api, pages]) server.closeAllConnections(), server.close();

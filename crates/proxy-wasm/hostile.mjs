// The module with a hostile proxy around it: `node hostile.mjs MODULE`. Heads have random bytes, calls fail at random,
// and filters come and go. Nothing may trap. After the first tenth the memory must not grow, which shows that
// allocations are freed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const ROUNDS = 300_000;
const AT_ONCE = 500;

let seed = 1;
/** A number below `limit`: the same ones in each run. */
const random = (limit) => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) % limit;
};
const one = (list) => list[random(list.length)];

const POLICIES = [
  { origins: ["https://*.app.example", "http://localhost:*"], methods: ["PUT"], credentials: true },
  { origins: "*", exposed_headers: "*" },
  { origins: ["https://*.app.example"], methods: "*", request_headers: "*", credentials: true, expose_own_headers: true, upstream: "merge-exposed" },
  { origins: Array.from({ length: 200 }, (_, number) => `https://tenant-${number}.example`), enforcement: "server" },
].map((policy) => JSON.stringify(policy));
const MISTAKES = ["", "{", "[1e999]", '{"max_age": 1.5}', '{"origins": ["https://a.example/", 7]}', "\u{ff}\0"];
const NAMES = [":method", "origin", "Origin", "access-control-request-method", "access-control-request-headers", "vary", "etag", "access-control-allow-origin", "access-control-expose-headers", "x-\u{e9}", ""];
const VALUES = ["GET", "OPTIONS", "PUT", "https://eu.app.example", "https://evil.example", "null", "content-type,x-a", "*", "accept, origin", "", "\0\u{ff}", "a".repeat(5000)];

const latin1 = (text) => Buffer.from(text, "latin1");
function head() {
  const lines = Array.from({ length: random(12) }, () => [latin1(one(NAMES)), latin1(one(VALUES))]);
  const bytes = Buffer.concat([
    Buffer.from(Uint32Array.of(lines.length, ...lines.flatMap(([name, value]) => [name.length, value.length])).buffer),
    ...lines.flatMap(([name, value]) => [name, Buffer.of(0), value, Buffer.of(0)]),
  ]);
  // One head in four is malformed.
  for (let broken = random(4) === 0 ? 1 + random(4) : 0; broken > 0; broken--) bytes[random(bytes.length)] = random(256);
  return random(20) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
}

let configuration = "";
const logged = [];
const fails = () => random(50) === 0;
/** Has the module allocate memory for an answer. */
function give(bytes, place, size) {
  const at = bytes.length > 0 ? module.proxy_on_memory_allocate(bytes.length) : 0;
  new Uint8Array(module.memory.buffer).set(bytes, at);
  const view = new DataView(module.memory.buffer);
  view.setUint32(place, at, true);
  view.setUint32(size, bytes.length, true);
  return 0;
}
const env = {
  proxy_log: (level, place, size) => (logged.push([level, Buffer.from(module.memory.buffer, place, size).toString()]), 0),
  proxy_get_buffer_bytes: (buffer, start, limit, place, size) => (fails() ? 1 : give(Buffer.from(configuration), place, size)),
  proxy_get_header_map_pairs: (map, place, size) => (fails() ? 2 : give(head(), place, size)),
  proxy_add_header_map_value: () => (fails() ? 3 : 0),
  proxy_remove_header_map_value: () => (fails() ? 4 : 0),
  proxy_send_local_response: () => (fails() ? 5 : 0),
  proxy_define_metric: (kind, name, size, place) => (new DataView(module.memory.buffer).setUint32(place, 1, true), fails() ? 6 : 0),
  proxy_increment_metric: () => (fails() ? 7 : 0),
};
const { exports: module } = new WebAssembly.Instance(await WebAssembly.compile(await readFile(process.argv[2])), { env });

let next = 1;
const filters = [];
const requests = [];
function newFilter(text) {
  configuration = text;
  logged.length = 0;
  const filter = next++;
  module.proxy_on_context_create(filter, 0);
  const taken = module.proxy_on_configure(filter, text.length);
  if (taken) filters.push(filter);
  else module.proxy_on_delete(filter);
  assert.ok(taken || logged.some(([level]) => level === 4), "a filter that is refused says why");
  if (filters.length > 3) module.proxy_on_delete(filters.shift());
}

module.proxy_on_vm_start(0, 0);
while (filters.length === 0) newFilter(POLICIES[0]);
let settled;
for (let round = 0; round < ROUNDS; round++) {
  if (random(1000) === 0) newFilter(one([...POLICIES, ...MISTAKES]));
  const request = next++;
  module.proxy_on_context_create(request, one(filters));
  module.proxy_on_request_headers(request, 0, 1);
  requests.push(request);
  // Some responses never come, and some belong to no request.
  if (random(10) > 0) module.proxy_on_response_headers(one(requests), 0, 1);
  if (random(100) === 0) module.proxy_on_response_headers(random(2 ** 31), 0, 1);
  while (requests.length > AT_ONCE) {
    const [ended] = requests.splice(random(requests.length), 1);
    module.proxy_on_done(ended);
    module.proxy_on_delete(ended);
  }
  assert.ok(logged.every(([level]) => level < 5), "it panicked");
  logged.length = 0;
  if (round === ROUNDS / 10) settled = module.memory.buffer.byteLength;
}
// Free memory is fragmented, so two more pages are allowed: less than half a byte for a request.
assert.ok(module.memory.buffer.byteLength <= settled + 2 * 65536, "the memory grows");
console.log(`${ROUNDS} requests of a hostile proxy, ${module.memory.buffer.byteLength / 1024} KiB of memory`);

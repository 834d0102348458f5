//! Everyday failures and exports of developer tools, as pasted text.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::Collector;

const HARS: [&str; 6] = ["chrome-full", "chrome-sanitized", "chrome-dup", "firefox", "firefox-dup", "playwright"];

impl Collector {
    pub(super) fn pasted(&mut self, root: &Path) {
        self.failures(&root.join("failures"));
        let devtools = root.join("devtools");
        let copies = json(&devtools.join("chrome-copies.json"));
        for (number, copy) in copies["out"].as_array().into_iter().flatten().enumerate() {
            for form in ["curl", "curlwin", "fetch", "nodefetch", "ps"] {
                self.name = format!("copy-{number}-{form}");
                self.add("pasted", copy[form].as_str().unwrap_or_default().as_bytes().to_vec());
            }
        }
        for (number, call) in CALLS.iter().enumerate() {
            self.name = format!("call-{number}");
            self.add("pasted", call.as_bytes().to_vec());
        }
        for har in HARS {
            self.har(har, &json(&devtools.join(har).with_extension("har")));
        }
    }

    fn failures(&mut self, root: &Path) {
        let mut files: Vec<_> = fs::read_dir(root)
            .expect("there are failures")
            .flat_map(|directory| fs::read_dir(directory.expect("it can be read").path()).into_iter().flatten())
            .map(|file| file.expect("it can be read").path())
            .filter(|file| file.extension().is_some_and(|extension| extension == "http" || extension == "txt"))
            .collect();
        files.sort();
        for file in files {
            let directory = file.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
            // A third of the directories. The choice stays the same when others are added.
            if directory.bytes().map(u32::from).sum::<u32>() % 3 != 0 {
                continue;
            }
            self.name = format!("failure-{directory}");
            self.add("pasted", fs::read(file).expect("it can be read"));
        }
    }

    /// Some entries of a HAR, a few at a time, so that a preflight is beside its request.
    fn har(&mut self, name: &str, har: &Value) {
        let entries: &[Value] = har["log"]["entries"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (number, entries) in entries.chunks(3).enumerate().step_by(3) {
            self.name = format!("{name}-{number}");
            let part =
                json!({"log": {"creator": har["log"]["creator"], "pages": har["log"]["pages"], "entries": entries}});
            self.add("har", part.to_string().into_bytes());
        }
    }
}

fn json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Calls of each kind, heads of each tool, panels of developer tools, and responses as programs print them.
const CALLS: [&str; 38] = [
    "$.ajax({ type: 'POST', url: 'https://api.example/' + id, contentType: 'application/json', data: JSON.stringify(d), xhrFields: { withCredentials: true } })",
    "jQuery.getJSON(\"https://api.example/a?callback=?\", { q: 1 }, function (r) { $.post('https://b.example/', 'a=1') })",
    "$h = @{ 'X-A' = \"`$1$([char]0xe9)\"; B = $(Get-Date) }\n$b = @\"\n{`\"a`\": \"${x}\"}\n\"@\nPS C:\\> irm \"https://api.example/a\" -Method:Put `\n  -Headers $h -Body ([Text.Encoding]::UTF8.GetBytes($b))",
    "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n$headers.Add(\"A\", 'b''c')\niwr https://api.example/a -Form @{ f = @{ g = @{ } } } | ConvertTo-Json",
    "return this.http.patch<A>(`https://api.example/${id}`, a, { headers: new HttpHeaders({ 'X-A': '1' }), reportProgress: true })",
    "const api = axios.create({ baseURL: 'https://api.example', headers: { a: 'b' } });\napi.post(`/x/${id}`, { a: 1 })",
    "var x = new XMLHttpRequest();\nx.open('PUT', \"https://api.example/\\u0041\");\nx.setRequestHeader('A', 'b');\nx.send(null)",
    "const h = { ...a, 'X-A': 1 }\nuseEffect(() => { fetch('https://api.example/' + x, { headers: h, body: new Blob([], {type: 'a/b'}) }) }, [])",
    "$ curl -v https://api.example/ -H $'a: \\x41' -d \"$B\"\n* SSL connection\n> POST / HTTP/1.1\n> Host: api.example\n>\n< HTTP/1.1 200 OK\n< a: b\n<\n",
    "--2026-11-27--  https://a.example/\nHTTP request sent, awaiting response...\n  HTTP/1.1 302 Found\n  Location: /\nLocation: /\n",
    "General\nRequest URL\nhttps://a.example/\nStatus Code: 200 OK\nResponse Headers (1)\nvary\na\n:method\nPUT\norigin: null",
    "Text\n```http\nHTTP/1.1 200 OK\nContent-Length: 4\nA : b\n c\n\nbodyHTTP/2 204\n\n```\nmore",
    "curl --url ^\"https://a.example/^\" ^\n  -H ^\"a: ^\\^\"b^\\^\"^\" --data-raw ^\"a^\n\nb^\"",
    "StatusCode : 200\r\nRawContent : HTTP/1.1 200 OK\r\n             Vary: a\r\n\r\n             {}\r\nForms      : {}\r\n",
    "Key  Value\n---  -----\nVary {Origin}\nX-A  {b\u{2026}\n",
    "<Response [403]>\n{'Vary': 'Origin', \"X-A\": ['b', \"c\"]}\n",
    "Response {\n  status: 404,\n  headers: Headers { vary: 'Origin' },\n  url: 'https://api.example/a'\n}\n",
    "&{StatusCode:500 Header:map[Access-Control-Allow-Origin:[* null] Date:[a, b]] Body:0}\n",
    "PUT https://api.example/a: {\n  \"Request Headers\": { \"origin\": \"null\" },\n  \"Response Headers\": { \"vary\": \"a\" }\n}\n",
    "XHR OPTIONS https://api.example/a\n[HTTP/2 403  12ms]\nPUT https://api.example/a net::ERR_FAILED 200\n:1 Access to fetch at 'https://api.example/a' from\norigin 'https://app.example' has been\nblocked by CORS policy: \x1b[1mNo\x1b[0m 'Access-Control-Allow-Origin' header is present",
    "\u{FEFF}const a: Record<string, string> = { b: 'c' };\naxios.defaults.headers.common['X-A'] = '1';\naxios.put<Item<A, B>[]>('https://api.example/a', b as { c: d }, { headers: a! } satisfies X)",
    "me@host:~$ http -f --print=h PUT https://api.example/a X-A:b 'X-B;' c=d e==f g:=1\nHTTP/1.1 403 Forbidden\nVary: Origin\n\n",
    "- **Request headers**\n  * `Origin`: `null`\n1. __Vary__: \\*\n\n| Header | Value |\n|:--|--:|\n| Vary | **a** |\n",
    "$ time docker exec -it x /usr/bin/curl 'https://api.example/a'\ncurl: (7) Failed to connect\n* Trying 192.0.2.1\ncurl: (22) 403\n",
    "10:00:00.1 [0-0] == Info: Trying\n=> Send header, 9 bytes (0x9)\n0000: GET / HTTP/1.1\n0010: Host: a\n001a: \n<= Recv header, 9 bytes\n0000: 48 54 54 50 2f 31 2e 31 20 32 30 30 0d 0a 41 3a HTTP/1.1 200..A:\n0010: 0d 0a 0d 0a                                     ....\n",
    "const api = ky.create({ prefixUrl: 'https://api.example', headers: { a: 'b' } })\nawait api.put(`x/${id}`, { json: { c }, retry: 2 }).json()",
    "request.post('https://api.example/a').set({ 'X-A': '1' }).type('json').send({ b: 1 }).on('progress', f).withCredentials().end()",
    "const { data } = await useFetch<A>('/a', { baseURL: 'https://api.example', body: { b }, method: 'post' })",
    "Map(2) { 'vary' => 'a', 'x-a' => 'b' }\n{ status: 1, headers: Object(2) [AxiosHeaders] { vary: 'a' }, f: [ [Function: f] ] }\n",
    "curl &#39;https://api.example/?a&#x3d;b&amp;c&#39; -H &quot;Origin: null&quot;\n&lt; HTTP/2 403\n&lt; vary: &#228;\n",
    "@host = https://{{name}}\n@name=api.example\n### a\nPUT {{host}}/a/{{id}}\n  ?b={{c}}\nX-A: {{d}}\n\n{}\n### b\nGET {{e}}\n",
    "meta {\n  name: a\n}\n\nput {\n  url: {{host}}/a\n}\n\nheaders {\n  ~a: b\n  c: {{d}}\n}\n\nbody:json {\n  {}\n}\n\nvars:pre-request {\n  host: https://api.example\n}\n",
    "Anfrage-URL: https://api.example/a\nAnfragemethode\u{FF1A}PUT\nStatuscode: 403 a\nX: b\nAntwortheader\nvary: a\nAnfrageheader\norigin: null\n",
    "Summary\nURL: https://api.example/a\nURL: https://b.example/\nStatus: \u{2014}\nRequest\nPUT /a\nOrigin: null\nRedirect Response\n307 Temporary Redirect\nLocation: /\nRequest\nNo request headers\nResponse\nH3 200 \nvary: a\n",
    "web_1  | HTTP/1.1 403 Forbidden\nweb_1  | Vary: a\nweb_1  |\n 9  Vary: a\n10  X-A: b\n",
    "```curl -i https://api.example/a```\n`wget -S https://b.example/`\nHeaders: {\"headers\":[{\"name\":\"vary\",\"value\":\"a\"}]}\n",
    "<img\n crossorigin='use-credentials' src=//cdn.example/a.png alt>\n<link rel=preload as=font href=\"https://cdn.example/b\">",
    "if (!navigator.sendBeacon('https://api.example/a', new Blob([b], { type: 'a/b' }))) new EventSource('https://api.example/c', { withCredentials: true })",
];

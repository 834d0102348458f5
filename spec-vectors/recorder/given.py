"""Reads scenarios from a file of JSON lines, and checks them."""

import json

from scenarios.scenario import PLAIN

API = ("fetch", "xhr")
WHEN = ("preflight", "actual")


class BadInput(Exception):
    """A mistake in the input. The message is one line."""


def read(path):
    """The scenarios of a file, without observations and with defaults filled in."""
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    scenarios, ids = [], set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            scenario = given(json.loads(line))
            demand(scenario["id"] not in ids, f"the id `{scenario['id']}` is there twice")
        except json.JSONDecodeError as error:
            raise BadInput(f"{path}:{number}: not JSON: {error.msg} at column {error.colno}") from None
        except BadInput as error:
            raise BadInput(f"{path}:{number}: {error}") from None
        ids.add(scenario["id"])
        scenarios.append(scenario)
    if not scenarios:
        raise BadInput(f"{path}: no scenario in it")
    return scenarios


def given(scenario):
    demand(isinstance(scenario, dict), "a scenario is an object")
    demand(isinstance(scenario.get("id"), str) and scenario["id"], "`id` is a text, and not empty")
    family = scenario.setdefault("family", "probe")
    demand(isinstance(family, str) and family.replace("-", "").isalnum(), "`family` is a name of letters, digits and `-`")
    scenario.setdefault("server", [])
    demand(is_list_of(dict, scenario["server"]), "`server` is a list of rules")
    for rule in scenario["server"]:
        demand(isinstance(rule.get("url"), str), "a rule's `url` is a text")
        demand(rule.get("when") in WHEN, "a rule's `when` is `preflight` or `actual`")
        demand(type(rule.get("status")) is int and 200 <= rule["status"] <= 999, "a rule's `status` is a number from 200 to 999")
        check_lines(rule.get("headers"))
    demand(is_list_of(dict, scenario.get("fetches")) and scenario["fetches"], "`fetches` is a list of fetches, and not empty")
    scenario["fetches"] = [given_fetch(fetch) for fetch in scenario["fetches"]]
    return scenario


def given_fetch(fetch):
    request = fetch.get("request")
    demand(isinstance(request, dict), "a fetch's `request` is an object")
    for name in ("origin", "url"):
        demand(isinstance(request.get(name), str), f"a request's `{name}` is a text")
    api, wait_ms = fetch.get("api", "fetch"), fetch.get("wait_ms", 0)
    demand(api in API, "`api` is `fetch` or `xhr`")
    demand(type(wait_ms) in (int, float) and 0 <= wait_ms < 600_000, "`wait_ms` is a number of milliseconds below 600000")
    request = {**{name: request[name] for name in ("origin", "url")}, **PLAIN, **request}
    check_lines(request["headers"])
    return {"api": api, "wait_ms": wait_ms, "request": request}


def check_lines(headers):
    pairs = is_list_of(list, headers) and all(len(pair) == 2 and is_list_of(str, pair) for pair in headers)
    demand(pairs, "`headers` is a list of pairs of a name and a value")


def is_list_of(kind, value):
    return isinstance(value, list) and all(isinstance(element, kind) for element in value)


def demand(holds, otherwise):
    if not holds:
        raise BadInput(otherwise)

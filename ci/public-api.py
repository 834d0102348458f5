#!/usr/bin/env python3
"""Prints the public API from rustdoc's JSON, a line an item: `ci/public-api.py target/doc/fetch_cors.json`.

Paths are those that a user writes, through re-exports. Implementations of traits that the compiler makes (auto traits) and those
for all types (blanket ones) are left out, as nobody wrote them here. The JSON changes with the compiler; this reads that of
FORMAT, and ends with status 3 for another.
"""

import json
import sys


FORMAT = 57  # rustc 1.95


class Api:
    def __init__(self, crate):
        self.index = crate["index"]
        self.lines = set()
        self.seen = set()
        root = self.index[str(crate["root"])]
        self.module(root, root["name"])

    def item(self, number):
        return self.index.get(str(number))

    def module(self, module, path):
        if (module["id"], path) in self.seen:
            return
        self.seen.add((module["id"], path))
        for number in module["inner"]["module"]["items"]:
            item = self.item(number)
            if item is None:
                continue
            if "use" in item["inner"]:
                use = item["inner"]["use"]
                target = self.item(use["id"])
                if target is None:
                    continue
                if use["is_glob"] and "module" in target["inner"]:
                    self.module(target, path)
                else:
                    self.write(target, f"{path}::{use['name']}")
            else:
                self.write(item, f"{path}::{item['name']}")

    def write(self, item, path):
        kind, inner = next(iter(item["inner"].items()))
        note = " (non_exhaustive)" if any("non_exhaustive" in json.dumps(attr) for attr in item["attrs"]) else ""
        if kind == "module":
            self.lines.add(f"mod {path}")
            self.module(item, path)
        elif kind == "function":
            self.lines.add(function(path, inner))
        elif kind in ("constant", "static"):
            self.lines.add(f"{kind} {path}: {type_text(inner['type'])}")
        elif kind == "type_alias":
            self.lines.add(f"type {path}{generics(inner)} = {type_text(inner['type'])}")
        elif kind == "trait":
            self.lines.add(f"trait {path}{generics(inner)}{bounds(inner['bounds'])}")
            self.associated(inner["items"], path)
        elif kind == "struct":
            self.lines.add(f"struct {path}{generics(inner)}{note}")
            self.fields(inner["kind"], path)
            self.implementations(inner["impls"], path)
        elif kind == "enum":
            self.lines.add(f"enum {path}{generics(inner)}{note}")
            for number in inner["variants"]:
                variant = self.item(number)
                self.lines.add(f"variant {path}::{variant['name']}")
                self.fields(variant["inner"]["variant"]["kind"], f"{path}::{variant['name']}")
            self.implementations(inner["impls"], path)
        else:
            self.lines.add(f"{kind} {path}")

    def fields(self, kind, path):
        if kind in ("plain", "unit"):
            return
        numbers = kind.get("tuple") or (kind.get("struct") or kind.get("plain") or {}).get("fields", [])
        for number in numbers:
            field = self.item(number) if number is not None else None
            if field is not None:
                self.lines.add(f"field {path}::{field['name']}: {type_text(field['inner']['struct_field'])}")

    def associated(self, numbers, path):
        for item in filter(None, map(self.item, numbers)):
            kind, inner = next(iter(item["inner"].items()))
            name = f"{path}::{item['name']}"
            if kind == "function":
                self.lines.add(function(name, inner))
            elif kind == "assoc_const":
                self.lines.add(f"const {name}: {type_text(inner['type'])}")
            else:
                self.lines.add(f"type {name}")

    def implementations(self, numbers, path):
        for item in filter(None, map(self.item, numbers)):
            inner = item["inner"]["impl"]
            if inner["is_synthetic"] or inner["blanket_impl"] is not None:
                continue
            # A marker that the compiler adds for a derived `PartialEq`.
            if inner["trait"] and inner["trait"]["path"].endswith("StructuralPartialEq"):
                continue
            if inner["trait"] is None:
                self.associated(inner["items"], path)
            else:
                self.lines.add(f"impl {path_text(inner['trait'])} for {path}")


def function(path, inner):
    header, sig = inner["header"], inner["sig"]
    words = "const fn" if header["is_const"] else "async fn" if header["is_async"] else "fn"
    inputs = ", ".join(f"{name}: {type_text(kind)}" for name, kind in sig["inputs"])
    output = f" -> {type_text(sig['output'])}" if sig["output"] is not None else ""
    return f"{words} {path}{generics(inner)}({inputs}){output}"


def generics(inner):
    texts = []
    for param in inner["generics"]["params"]:
        (kind, value), = param["kind"].items()
        if kind == "type" and not value["is_synthetic"]:
            texts.append(param["name"] + bounds(value["bounds"]))
        elif kind == "const":
            texts.append(f"const {param['name']}: {type_text(value['type'])}")
        elif kind == "lifetime":
            texts.append(param["name"])
    return f"<{', '.join(texts)}>" if texts else ""


def bounds(all_bounds):
    texts = []
    for bound in all_bounds:
        if "trait_bound" in bound:
            texts.append(("?" if bound["trait_bound"]["modifier"] == "maybe" else "") + path_text(bound["trait_bound"]["trait"]))
        elif "outlives" in bound:
            texts.append(bound["outlives"])
    return ": " + " + ".join(texts) if texts else ""


def path_text(path):
    name = path["path"].rsplit("::", 1)[-1]
    args = path.get("args") or {}
    if "parenthesized" in args:
        inside = args["parenthesized"]
        output = f" -> {type_text(inside['output'])}" if inside["output"] is not None else ""
        return f"{name}({', '.join(map(type_text, inside['inputs']))}){output}"
    if "angle_bracketed" not in args:
        return name
    texts = [argument(arg) for arg in args["angle_bracketed"]["args"]]
    for constraint in args["angle_bracketed"]["constraints"]:
        (kind, value), = constraint["binding"].items()
        texts.append(f"{constraint['name']} = {argument(value)}" if kind == "equality" else constraint["name"] + bounds(value))
    return f"{name}<{', '.join(texts)}>" if texts else name


def argument(arg):
    if not isinstance(arg, dict):
        return "_"
    (kind, value), = arg.items()
    if kind == "lifetime":
        return value
    return value["expr"] if kind in ("const", "constant") else type_text(value)


def type_text(kind):
    if kind is None:
        return "()"
    if not isinstance(kind, dict):
        return "_"
    (name, inner), = kind.items()
    if name == "resolved_path":
        return path_text(inner)
    if name in ("primitive", "generic"):
        return inner
    if name == "borrowed_ref":
        lifetime = f"{inner['lifetime']} " if inner["lifetime"] else ""
        return f"&{lifetime}{'mut ' if inner['is_mutable'] else ''}{type_text(inner['type'])}"
    if name == "slice":
        return f"[{type_text(inner)}]"
    if name == "array":
        return f"[{type_text(inner['type'])}; {inner['len']}]"
    if name == "tuple":
        return f"({', '.join(map(type_text, inner))})"
    if name == "impl_trait":
        return "impl" + bounds(inner)[1:]
    if name == "dyn_trait":
        lifetime = f" + {inner['lifetime']}" if inner["lifetime"] else ""
        return "dyn " + " + ".join(path_text(bound["trait"]) for bound in inner["traits"]) + lifetime
    if name == "qualified_path":
        trait = inner["trait"]
        start = f"<{type_text(inner['self_type'])} as {path_text(trait)}>" if trait else type_text(inner["self_type"])
        return f"{start}::{inner['name']}"
    if name == "function_pointer":
        sig = inner["sig"]
        output = f" -> {type_text(sig['output'])}" if sig["output"] is not None else ""
        return f"fn({', '.join(type_text(kind) for _, kind in sig['inputs'])}){output}"
    raise ValueError(f"a type that this script does not know: {name}")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        crate = json.load(file)
    if crate["format_version"] != FORMAT:
        sys.exit(3)
    print("\n".join(sorted(Api(crate).lines, key=lambda line: (line.split("fetch_cors", 1)[1], line))))

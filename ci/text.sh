# Texts: names in the code, and the statements of pages about the code.

check_text() {
  local failed=0 part
  for part in names_of_headers small_files forbidden_code internal_notes links algorithms walks front_page guide_pages examples_of_pages commands_in_prose \
    figures_in_prose sizes_in_prose tests_in_prose; do
    "$part" || { echo "failed: $part"; failed=1; }
  done
  return "$failed"
}

# Fails if the command finds something. `!` alone would not stop the check.
none() { if "$@"; then return 1; fi; }

# Header names are never abbreviated in code.
names_of_headers() {
  none git grep -nwE 'acao|acac|acam|acah|acma|aceh|acrm|acrh|ACAO|ACAC|ACAM|ACAH|ACMA|ACEH|ACRM|ACRH' -- \
    src examples tests fuzz probes benches crates
}

small_files() {
  git ls-files 'src/*.rs' 'crates/*.rs' ci.sh 'ci/*.sh' | xargs wc -l \
    | awk '$1 > 400 && $2 != "total" { print "over 400 lines:", $2, $1; bad = 1 } END { exit bad }'
}

forbidden_code() {
  none git grep -nE '\bunsafe\b *(\{|fn|impl)|allow\(dead_code|todo!\(|unimplemented!\(' -- src || return 1
  none git grep -nE '#\[path *=' -- '*.rs'
}

# Notes for maintainers are not shown in the documentation.
internal_notes() { none git grep -nE '//[/!].*(OPTIMIZATION|AD-HOC):' -- 'src/*.rs'; }

# README stays short: longer texts are pages in `docs/`.
front_page() {
  local words
  words=$(wc -w < README.md)
  ((words <= 1500)) || { echo "README.md has $words words, more than 1500"; return 1; }
}

# Each page of the guide must be a module of `guide`, with a link in the index `docs/guide/README.md`.
guide_pages() {
  local page failed=0
  for page in $(git ls-files 'docs/guide/*.md'); do
    page=${page##*/}
    case $page in README.md | overview.md) continue ;; esac
    grep -qF "= \"$page\";" src/guide.rs || { echo "src/guide.rs lacks $page"; failed=1; }
    grep -qF "($page)" docs/guide/README.md || { echo "docs/guide/README.md has no link to $page"; failed=1; }
  done
  return "$failed"
}

# A page with examples in Rust must be part of a crate, whose tests compile them. `guide_pages` checks the pages of the guide.
examples_of_pages() {
  local page file included failed=0
  included=$(git grep -oE 'include_str!\("[^"]*\.md"\)' -- 'src/*.rs' 'crates/*.rs' | sed 's/include_str!("//; s/")//' | while IFS=: read -r file page; do
    realpath --relative-to=. "$(dirname "$file")/$page"
  done)
  for page in $(git grep -l '^ *```rust' -- '*.md' ':!docs/guide'); do
    grep -qxF "$page" <<< "$included" || { echo "$page has an example that nobody compiles"; failed=1; }
  done
  return "$failed"
}

# Commands on pages must name existing checks, tasks, examples and tests.
commands_in_prose() {
  local name failed=0
  for name in $(git grep -ohE '\./ci\.sh( [a-z_]+)+' -- '*.md' | sed 's/^[^ ]* //' | tr ' ' '\n' | sort -u); do
    case $name in push | all) continue ;; esac
    declare -F "check_$name" > /dev/null || declare -F "task_$name" > /dev/null \
      || { echo "no check or task \`$name\`"; failed=1; }
  done
  for name in $(git grep -ohE -e '--example [a-z_-]+' -- '*.md' | sed 's/.* //' | sort -u); do
    [[ -e examples/$name/main.rs || -e fuzz/examples/$name.rs || -n $(git ls-files "crates/*/examples/$name.rs") ]] || { echo "no example $name"; failed=1; }
  done
  for name in $(git grep -ohE -e '--test [a-z_]+' -- '*.md' | sed 's/.* //' | sort -u); do
    [[ -e tests/$name.rs || -e tests/$name/main.rs || -e fuzz/tests/$name.rs ]] || { echo "no test program $name"; failed=1; }
  done
  return "$failed"
}

# README's figures must be those of files that commands write: the number of recorded fetches, and the size of a policy.
figures_in_prose() {
  local figure figures failed=0
  figures=$(sed -n 's/^In [0-9]* of \([0-9]*\) fetches\.$/\1/p' spec-vectors/browsers/DEPARTURES.md | sort -u)
  figures+=" $(awk -F '\t' '/`const` policy/ { print $2 }' probes/sizes.tsv)"
  for figure in $figures; do
    figure=$(sed 's/\([0-9]\{3\}\)$/,\1/' <<< "$figure")
    grep -qwF "$figure" README.md || { echo "README.md does not quote $figure"; failed=1; }
  done
  return "$failed"
}

# Relative links of pages must lead to existing files. README is shown outside the repository too, so its links must
# lead to files of the package.
links() {
  local page target failed=0 packaged
  packaged=$(cargo package --list --allow-dirty --quiet)
  while IFS=: read -r page target; do
    target=$(sed 's/^](//; s/[)#].*//' <<< "$target")
    [[ -n $target && $target != http*:* ]] || continue
    [[ -e $(dirname "$page")/$target ]] || { echo "$page: dead link to $target"; failed=1; continue; }
    [[ $page != README.md ]] || grep -qxF "$target" <<< "$packaged" || { echo "$page: link to $target, which is not in the package"; failed=1; }
  done < <(git grep -oE '\]\([^)]*\)' -- '*.md')
  return "$failed"
}

# CONTRIBUTING's table of algorithms: each item must be in `src/`, and its name or the first line of its documentation
# must have the standard's words.
algorithms() {
  awk -F ' *[|] *' '
    # A text in the form that is compared: lower case, with one space for each run of other characters than letters and
    # digits.
    function plain(text) { text = tolower(text); gsub(/[^a-z0-9]+/, " ", text); return text }
    NR == FNR {
      if (/^## /) table = ($0 == "## Algorithms")
      if (table && NF == 4 && $3 ~ /^`/) { item = $3; gsub(/`/, "", item); rows++; words[rows] = $2; items[rows] = item }
      next
    }
    FNR == 1 { docs = "" }
    /^ *\/\/\// { if (docs == "") docs = $0; next }
    /^ *#\[/ { next }
    {
      if (match($0, /(fn|struct|enum|trait|static) [A-Za-z_]+/)) {
        name = substr($0, RSTART, RLENGTH)
        sub(/^[a-z]+ /, "", name)
        found[name] = found[name] " " docs
      }
      docs = ""
    }
    END {
      for (row = 1; row <= rows; row++) {
        item = items[row]
        if (!(item in found)) { print "no `" item "` in src/: " words[row]; bad = 1 }
        else if (index(" " plain(item " " found[item]) " ", " " plain(words[row]) " ") == 0) {
          print "`" item "`: neither its name nor its first line says: " words[row]
          bad = 1
        }
      }
      if (rows < 29) { print "only " rows + 0 " algorithms in the table"; bad = 1 }
      exit bad
    }' CONTRIBUTING.md $(git ls-files 'src/*.rs')
}

# Paths `src/...rs` in CONTRIBUTING and `docs/` must lead to files. Each row of "Two walks" must name items that its
# file defines. An item is a function or a type, after its type where the name alone is ambiguous.
walks() {
  local path item hops=0 failed=0
  for path in $(git ls-files CONTRIBUTING.md 'docs/*.md' | xargs cat \
    | grep -oE '(^|[^[:alnum:]_/.-])src/[[:alnum:]_/.-]*\.rs' | sed 's/^[^s]//' | sort -u); do
    [[ -f $path ]] || { echo "no file $path"; failed=1; }
  done
  while read -r path item; do
    hops=$((hops + 1))
    [[ -f $path ]] || { echo "no file $path"; failed=1; continue; }
    grep -qwE "(fn|struct|enum|trait) ${item##*::}" "$path" && grep -qwF "${item%%::*}" "$path" \
      || { echo "\`$item\` is not defined in $path"; failed=1; }
  done < <(awk -F ' *[|] *' '
    /^## / { walk = ($0 == "## Two walks") }
    walk && $3 ~ /^`/ { gsub(/`/, ""); count = split($4, items, /, */); for (i = 1; i <= count; i++) print $3, items[i] }' CONTRIBUTING.md)
  ((hops >= 30)) || { echo "only $hops items in the walks"; failed=1; }
  return "$failed"
}

# Tests that pages name (`file::test`, `folder/module::test`) must be in the lists of the test programs. The first word
# of a path is a test program, or a crate with the item.
tests_in_prose() {
  local named listed failed=0
  listed=$(listed_tests)
  for named in $(git grep -ohE '`[a-z0-9_/]+(::[a-z0-9_]+)+`' -- README.md SECURITY.md CONTRIBUTING.md tests/README.md docs | tr -d '`' | sort -u); do
    case $named in fetch_cors::* | testkit::* | tokio::* | core::* | std::* | alloc::* | http::* | url::*) continue ;; esac
    grep -qxF "$named" <<< "$listed" || { echo "no test $named"; failed=1; }
  done
  return "$failed"
}

# The tests in the form of the pages: `program/module::test`, `program::test`.
listed_tests() {
  cargo test --all-features --tests -- --list 2>&1 | awk '
    /^ +Running / { program = $2; sub(/^tests\//, "", program); sub(/\/main\.rs$/, "", program); sub(/\.rs$/, "", program) }
    /: test$/ { sub(/: test$/, ""); print program ($0 ~ /::/ ? "/" : "::") $0 }'
}

# Pages must quote the sizes of `probes/sizes.tsv`.
sizes_in_prose() {
  local row pages failed=0
  pages=$(git ls-files -z '*.md' | xargs -0 cat)
  while IFS=$'\t' read -r linked wasm arm; do
    row="| $linked | $wasm | $arm |"
    grep -qxF "$row" <<< "$pages" || { echo "no page quotes: $row"; failed=1; }
  done < probes/sizes.tsv
  return "$failed"
}

# The program `cors`: its tests, and the output that its README quotes.

check_cli() {
  cargo clippy --quiet -p fetch-cors-cli --all-targets -- -D warnings
  cargo clippy --quiet -p fetch-cors-cli --no-default-features --all-targets -- -D warnings
  # Without optimization: the libraries for TLS and schemas take minutes to optimize.
  CARGO_PROFILE_DEV_DEBUG=0 cargo test --quiet --profile dev -p fetch-cors-cli
  cli_readme
}

# Runs each command whose output README quotes, from the root of the clone, as a reader does.
cli_readme() {
  local page=crates/cli/README.md marker='The lines that follow are printed by: ' command count=0
  while IFS= read -r command; do
    count=$((count + 1))
    # The program's exit status is its verdict.
    { eval "$command" || true; } < /dev/null 2>&1 | quoted_in_order "$page" "$marker$command -->" || return 1
  done < <(sed -n "s/^<!-- $marker\(.*\) -->$/\1/p" "$page")
  ((count >= 6)) || { echo "$page quotes $count commands"; return 1; }
}

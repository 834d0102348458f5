# The bytes that the library adds to a server.

# They may grow by at most 10 % over `probes/server.tsv`, and may shrink. The sizes are those of rustc 1.95.
check_weights() {
  local measured
  [[ $(rustc -V) == "rustc 1.95."* ]] || { echo "skipped: $(rustc -V), and probes/server.tsv is of 1.95"; return 0; }
  command -v python3 > /dev/null || { echo "skipped: no Python 3"; return 0; }
  measured=$(probes/weigh.py server)
  echo "$measured"
  awk -F '\t' '
    NR == FNR { written[$1] = $2; next }
    /^fetch-cors/ {
      if ($2 > written[$1] * 1.1) { print "server.tsv has", $1 ":", written[$1]; wrong = 1 }
      rows++
    }
    END { exit wrong || rows < 1 }' probes/server.tsv - <<< "$measured"
}

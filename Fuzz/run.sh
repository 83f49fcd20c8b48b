#!/usr/bin/env bash
# Fuzzes every reader for some seconds, one after the other: no crash, no second without an end, no more than 120 MB at once.
#   Fuzz/run.sh [seconds a reader] [reader ...]        default 60, all readers
# Inputs that found something new stay in .build/fuzz/corpus; what broke is printed and kept in .build/fuzz/finds.
set -uo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
out=${MINSHENG_FUZZ_FOLDER:-.build/fuzz}
[ -x "$out/fuzz-readers" ] || Fuzz/build.sh "$out" || exit 2
readers=("$@")
if [ ${#readers[@]} = 0 ]; then
    mapfile -t readers < <(grep -rhoP '(var slug: String \{|static let slug =) "\K[^"]+' Sources/ChatExports | sort -u)
    readers+=(any archive)
fi
fixtures=Tests/ChatExportsTests/Fixtures
# Short inputs say nearly all that long ones say, and there are far more of them in a second.
longest=${MINSHENG_FUZZ_LONGEST:-3000}
mkdir -p "$out/finds"
# The words of the formats: keys, the columns of tables, the heads of texts.
{
    grep -rhoP '"[A-Za-z_]{3,24}"(?=\s*:)' "$fixtures" | sed 's/$/:/'
    grep -rhoP '^[a-z_]{3,24}: ' "$fixtures"
    head -qn1 "$fixtures"/*.csv | sed 's/^\xef\xbb\xbf//' | tr -d '\r' | tr ',' '\n'
    grep -rhoP '\[[^\]\s]{1,12}\]|【[^】\s]{1,12}】|\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?' --include='*.txt' --include='*.md' "$fixtures"
} | sort -u | while IFS= read -r word; do
    printf '"%s"\n' "$(printf %s "$word" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')"
done | grep -v '^""$' >"$out/words.dict"
# Swift's own handler would end the process before the fuzzer has kept the input.
export SWIFT_BACKTRACE=enable=no
total=0
failed=0
for reader in "${readers[@]}"; do
    mkdir -p "$out/corpus/$reader"
    seeds=("$fixtures")
    [ -d "Fuzz/corpus/$reader" ] && seeds+=("Fuzz/corpus/$reader")
    units=0
    end=$(($(date +%s) + seconds))
    while left=$((end - $(date +%s))) && [ "$left" -gt 0 ]; do
        MINSHENG_FUZZ=$reader "$out/fuzz-readers" -max_total_time="$left" -timeout=1 -malloc_limit_mb=120 -rss_limit_mb=600 \
            -max_len="$longest" -dict="$out/words.dict" -print_final_stats=1 -artifact_prefix="$out/finds/$reader-" \
            "$out/corpus/$reader" "${seeds[@]}" >"$out/$reader.log" 2>&1
        code=$?
        run=$(grep -oP 'stat::number_of_executed_units:\s*\K\d+' "$out/$reader.log" || grep -oP '^#\K\d+' "$out/$reader.log" | tail -1)
        units=$((units + ${run:-0}))
        # An input that takes a second once on a machine with other work, and never again, is no find.
        slow=$(grep -oP 'Test unit written to \K.*timeout-.*' "$out/$reader.log") || break
        fits=1
        for _ in 1 2 3; do MINSHENG_FUZZ=$reader "$out/fuzz-readers" -timeout=1 "$slow" >/dev/null 2>&1 || fits=0; done
        [ $fits = 1 ] || break
        rm -f "$slow"
        code=0
    done
    total=$((total + units))
    peak=$(grep -oP 'stat::peak_rss_mb:\s*\K\d+' "$out/$reader.log" || echo '?')
    slowest=$(grep -oP 'stat::slowest_unit_time_sec:\s*\K\d+' "$out/$reader.log" || echo '?')
    printf '%-22s %10d inputs, slowest %s s, %s MB' "$reader" "$units" "$slowest" "$peak"
    if [ $code != 0 ]; then
        failed=1
        printf '  FOUND: %s' "$(grep -m1 -E 'FAILED: |Fatal error|ERROR: |SUMMARY: ' "$out/$reader.log" | cut -c1-160)"
    fi
    echo
done
echo "$total inputs in all"
exit $failed

#!/usr/bin/env bash
# The whole line beside a careful Python script, in one run: same export, same lexicon, same counts.
#   Benchmarks/run.sh [messages]            default 1000000
set -euo pipefail
cd "$(dirname "$0")/.."
messages=${1:-1000000}
binary=.build/release/minsheng
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
baseline=$(Benchmarks/python.sh "ahocorasick, jieba, numpy, yaml" pyahocorasick jieba numpy PyYAML)

python3 Benchmarks/generate.py --messages "$messages" --seed 1 --out "$work/export.json" 2>/dev/null
printf 'code,name,level,parent\n990001000000,测量县,county,\n990001001000,测量镇,township,990001000000\n990001001201,测量村,village,990001001000\n' >"$work/villages.csv"
printf 'id,name,platform,village,notice_posted_on\n52600399901@chatroom,测量用的监督群,wechat,990001001201,2025-01-01\n' >"$work/groups.csv"

# The baseline has the rules and the model; other spellings of words are left out on both sides.
mkdir "$work/rules" "$work/model"
cp Lexicons/*.yaml "$work/rules"
rm "$work/rules/variants.yaml"
cp "$work/rules"/*.yaml Lexicons/model.bin "$work/model"

minsheng() { # jobs, lexicons
    export MINSHENG_LEXICONS=$2
    rm -rf "$work/data"
    $binary init --data "$work/data" 2>/dev/null
    $binary gazetteer import "$work/villages.csv" --data "$work/data" 2>/dev/null
    $binary groups import "$work/groups.csv" --data "$work/data" 2>/dev/null
    /usr/bin/env python3 - "$binary" "$work" "$1" <<'PY'
import json, os, resource, subprocess, sys, time
binary, work, jobs = sys.argv[1:]
began = time.time()
out = subprocess.run([binary, "import", work + "/export.json", "--data", work + "/data", "--jobs", jobs, "--json"],
                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
wall, used = time.time() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
total = json.loads(out.splitlines()[-1])
cpu = used.ru_utime + used.ru_stime
print(json.dumps({"candidates": total["candidates"], "cpu_seconds": round(cpu, 2), "flagged": total["flagged"] + total["extended"],
                  "hits": total["hits"], "jobs": int(jobs), "messages": total["read"],
                  "messages_per_cpu_second": round(total["read"] / cpu), "peak_mb": used.ru_maxrss // 1024,
                  "wall_seconds": round(wall, 2)}, sort_keys=True))
PY
}

# In turns, the best of three: the machine's own unrest hits both alike.
best() { python3 -c 'import json, sys; print(min(sys.stdin, key=lambda run: json.loads(run)[sys.argv[1]]), end="")' "$1"; }
for _ in 1 2 3; do
    minsheng 1 "$work/rules" >>"$work/one"
    minsheng 2 "$work/rules" >>"$work/two"
done
one=$(best wall_seconds <"$work/one")
two=$(best wall_seconds <"$work/two")
model=$(minsheng 1 "$work/model")
python() { # lexicons
    "$baseline" Benchmarks/baseline.py --lexicons "$1" \
        --table Sources/ChineseText/TraditionalTable+Generated.swift "$work/export.json"
}
echo "minsheng, rules, 1 thread:     $one"
echo "minsheng, rules, 2 threads:    $two"
echo "minsheng, model too, 1 thread: $model"
python_rules=$(python "$work/rules")
echo "python, rules:                 $python_rules"
python_model=$(python "$work/model")
echo "python, model too:             $python_model"
python3 - "$one" "$two" "$python_rules" "$model" "$python_model" <<'PY'
import json, sys
one, two, rules, model, both = map(json.loads, sys.argv[1:])
for key in ("messages", "candidates", "hits", "flagged"):
    assert one[key] == two[key] == rules[key], f"{key} differ: {one[key]}, {two[key]}, {rules[key]}"
    assert model[key] == both[key], f"{key} differ with the model: {model[key]}, {both[key]}"
print("counts agree")
def ratio(ours, theirs): return ours["messages_per_cpu_second"] / theirs["messages_per_cpu_second"]
print(f"one core, rules:           {ratio(one, rules):.1f} times the messages per CPU second"
      " (Minsheng's start and lexicon load included, Python's not)")
print(f"one core, rules and model: {ratio(model, both):.1f} times")
print(f"two cores: {one['wall_seconds'] / two['wall_seconds']:.2f} times faster than one")
PY

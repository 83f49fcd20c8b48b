#!/usr/bin/env bash
# The literal scan beside Hyperscan on the same text: Benchmarks/matching/run.sh [megabytes] [runs]
# Needs libhyperscan-dev (apt); the words come from jieba's dictionary (PyPI, MIT).
set -euo pipefail
cd "$(dirname "$0")"
python=$(../python.sh jieba jieba)
words=$("$python" -c 'import jieba, os; print(os.path.join(os.path.dirname(jieba.__file__), "dict.txt"))')
swift build -c release --product matching-benchmark 1>&2
"$(swift build -c release --show-bin-path)/matching-benchmark" "$words" "$@"

#!/usr/bin/env bash
# Word F1 and speed beside jieba and cppjieba: Benchmarks/segmentation/run.sh GOLD…     (see compare.py)
set -euo pipefail
cd "$(dirname "$0")"
python3 -c 'import jieba, cppjieba_py_dat' 2>/dev/null || pip install -q jieba cppjieba-py-dat
swift build -c release --product segmentation-benchmark 1>&2
python3 compare.py "$(swift build -c release --show-bin-path)/segmentation-benchmark" "$@"

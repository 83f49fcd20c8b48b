#!/usr/bin/env bash
# Prints the path of a Python that has some modules; where the machine's own has them not, of one in an environment of its own,
# as Debian's pip installs nothing beside its packages.
#   Benchmarks/python.sh "module, module" package…
set -euo pipefail
modules=$1
shift
folder=$(cd "$(dirname "$0")/.." && pwd)/.build/benchmarks
for python in python3 "$folder/bin/python"; do
    if "$python" -c "import $modules" 2>/dev/null; then command -v "$python"; exit; fi
done
if ! python3 -m venv --system-site-packages "$folder" 2>/dev/null; then
    sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends python3-venv >/dev/null
    python3 -m venv --system-site-packages "$folder"
fi
"$folder/bin/python" -m pip install -q "$@" 1>&2
echo "$folder/bin/python"

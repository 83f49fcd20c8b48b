"""The desk's queue under load beside a minimal Flask + sqlite3 application, in one run.

    python3 load.py [--seconds 10] [--people 200] [--data FOLDER]

Needs wrk (Debian) and flask (PyPI), and release builds of `minsheng` and `minsheng-desk` (MINSHENG_BIN names their folder). Without
`--data` the demo county is served. Prints one line each; what else the machine does counts against both.
"""
import argparse
import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Browser"))
from county import PASSWORD, County  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def wrk(name, address, seconds, cookies=(), host=None):
    """One measurement: each request is another person's, in turn."""
    script = os.path.join("/tmp", f"desk-load-{os.getpid()}.lua")
    with open(script, "w", encoding="utf-8") as file:
        file.write("local cookies = {" + ", ".join('"' + one + '"' for one in cookies) + "}\nlocal at = 0\n")
        file.write("request = function()\n  if #cookies == 0 then return wrk.format('GET') end\n  at = at % #cookies + 1\n")
        file.write(f"  return wrk.format('GET', nil, {{['Cookie'] = cookies[at], ['Host'] = '{host}'}})\nend\n")
    out = subprocess.run(["wrk", "-t2", "-c32", f"-d{seconds}s", "--latency", "-s", script, address], capture_output=True, text=True).stdout
    os.remove(script)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    half, tail = re.search(r"50%\s+(\S+)", out), re.search(r"99%\s+(\S+)", out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if not (rate and half and tail):
        raise SystemExit(f"{name}: {out}")
    refused = f", {bad.group(1)} refused" if bad else ""
    print(f"{name}: {rate.group(1)} pages/s, p50 {half.group(1)}, p99 {tail.group(1)}{refused}", flush=True)


def cookie(address, name):
    """Signs somebody in and gives the browser's cookies."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(address + "sign-in").read().decode()
    token = re.search(r'name="token" value="([0-9a-f]+)"', page).group(1)
    form = urllib.parse.urlencode({"token": token, "name": name, "password": PASSWORD}).encode()
    opener.open(address + "sign-in", form)
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--data")
    options = options.parse_args()
    county = County(data=options.data)
    names = county.crowd(options.people)
    flask = subprocess.Popen(
        [sys.executable, os.path.join(HERE, "flask_queue.py"), os.path.join(county.folder, "flask.sqlite"), "8975", "100000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        host = urllib.parse.urlparse(county.address).netloc
        cookies = [cookie(county.address, name) for name in names]
        for _ in range(60):
            try:
                urllib.request.urlopen("http://127.0.0.1:8975/queue")
                break
            except OSError:
                time.sleep(1)
        for turn in (1, 2):
            wrk(f"desk /queue, {len(cookies)} people ({turn})", county.address + "queue", options.seconds, cookies, host)
            wrk(f"flask /queue ({turn})", "http://127.0.0.1:8975/queue", options.seconds)
        wrk("desk /cases", county.address + "cases", options.seconds, cookies, host)
        wrk("desk /static/desk.css", county.address + "static/desk.css", options.seconds, cookies, host)
    finally:
        flask.terminate()
        county.close()


main()

"""The desk's queue under load beside a minimal Flask + sqlite3 application, in one run: `python3 load.py [SECONDS]`.

Needs wrk (Debian) and flask (PyPI). Prints one line each; the machine's other work counts against both.
"""
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

SECONDS = sys.argv[1] if len(sys.argv) > 1 else "10"


def wrk(name, address, *headers):
    words = ["wrk", "-t2", "-c32", "-d" + SECONDS + "s", "--latency"]
    for header in headers:
        words += ["-H", header]
    out = subprocess.run(words + [address], capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    tail = re.search(r"99%\s+(\S+)", out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    print(f"{name}: {rate.group(1) if rate else '-'} pages/s, p99 {tail.group(1) if tail else '-'}" + (f", {bad.group(1)} refused" if bad else ""))


def cookie(county, name):
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(county.address + "sign-in").read().decode()
    token = re.search(r'name="token" value="([0-9a-f]+)"', page).group(1)
    form = urllib.parse.urlencode({"token": token, "name": name, "password": PASSWORD}).encode()
    opener.open(county.address + "sign-in", form)
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def main():
    county = County()
    flask = subprocess.Popen(
        [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "flask_queue.py"),
         os.path.join(county.folder, "flask.sqlite"), "8975", "355"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(3)
        host = urllib.parse.urlparse(county.address).netloc
        wrk("desk /queue ", county.address + "queue", "Cookie: " + cookie(county, "林受理"), "Host: " + host)
        wrk("flask /queue", "http://127.0.0.1:8975/queue")
    finally:
        flask.terminate()
        county.close()


main()

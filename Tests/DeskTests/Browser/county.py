"""A desk over the demo county, as a new installation would have it: bodies, people, passwords, and the server."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PASSWORD = "desk-demo-2026"
COUNTY, TOWNSHIP, VILLAGE = "990001000000", "990001100000", "990001100201"

PEOPLE = [
    ("intake", "commission", "林受理"), ("intake", "commission", "陈受理"), ("supervisor", "commission", "王审批"),
    ("inspector", "commission", "李监督"), ("auditor", "commission", "赵审计"), ("analyst", "commission", "孙统计"),
    ("lexicon", "commission", "周词库"), ("sysadmin", "commission", "吴管理"), ("handler", "village", "柳垭值班"),
    ("handler", "township", "青芦经办"), ("township_discipline", "discipline", "青芦纪检"),
]


class County:
    def __init__(self):
        bin_folder = os.environ.get("MINSHENG_BIN", os.path.join(ROOT, ".build/debug"))
        self.program = os.path.join(bin_folder, "minsheng")
        self.folder = tempfile.mkdtemp(prefix="desk-browser-")
        self.data = os.path.join(self.folder, "data")
        self.environment = dict(os.environ, MINSHENG_DATA=self.data)
        self.run("init", "--demo")
        units = {
            "commission": self.number("units", "add", "--kind", "county_commission", "--area", COUNTY, "--name", "澄岭县纪委监委"),
            "bureau": self.number("units", "add", "--kind", "county_dept", "--area", COUNTY, "--name", "澄岭县水利局"),
        }
        units["township"] = self.number("units", "add", "--kind", "township_gov", "--area", TOWNSHIP, "--name", "青芦镇政府", "--parent", str(units["bureau"]))
        units["discipline"] = self.number("units", "add", "--kind", "township_discipline", "--area", TOWNSHIP, "--name", "青芦镇纪委", "--parent", str(units["commission"]))
        units["village"] = self.number("units", "add", "--kind", "village", "--area", VILLAGE, "--name", "柳垭村委会", "--parent", str(units["township"]))
        self.run("calendar", "import", os.path.join(ROOT, "Fixtures/calendar/workdays.csv"))
        self.people = {}
        for role, unit, name in PEOPLE:
            number = self.number("staff", "add", "--unit", str(units[unit]), "--role", role, "--name", name)
            # Everybody sets a first password for themselves: the old one is empty.
            self.run("staff", "password", "--as", str(number), given="\n" + PASSWORD + "\n")
            self.people[name] = number
        self.server = subprocess.Popen(
            [self.program, "serve", "--port", "0"], env=self.environment, stderr=subprocess.PIPE, text=True)
        line = self.server.stderr.readline()
        found = re.search(r"http://\S+/", line)
        if not found:
            raise SystemExit("the desk didn't open: " + line + self.server.stderr.read())
        self.address = found.group(0)

    def run(self, *words, given=None):
        done = subprocess.run([self.program, *words], env=self.environment, input=given, capture_output=True, text=True)
        if done.returncode > 1:
            raise SystemExit(f"{' '.join(words)}: {done.stderr}")
        return done.stdout

    def number(self, *words):
        return int(self.run(*words).strip())

    def close(self):
        self.server.terminate()
        self.server.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

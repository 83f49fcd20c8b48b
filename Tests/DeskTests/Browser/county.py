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
    def __init__(self, data=None):
        """`data`: a folder that is there already, in place of the demo county."""
        bin_folder = os.path.abspath(os.environ.get("MINSHENG_BIN", os.path.join(ROOT, ".build/debug")))
        self.program = os.path.join(bin_folder, "minsheng")
        self.folder = tempfile.mkdtemp(prefix="desk-browser-")
        self.data = os.path.abspath(data) if data else os.path.join(self.folder, "data")
        self.environment = dict(os.environ, MINSHENG_DATA=self.data)
        self.people = {}
        if not data:
            self.found()
        self.server, self.address = self.serve()

    def found(self):
        """The demo county, with its bodies and people."""
        self.run("init", "--demo")
        self.units = units = {
            "commission": self.number("units", "add", "--kind", "county_commission", "--area", COUNTY, "--name", "澄岭县纪委监委"),
            "bureau": self.number("units", "add", "--kind", "county_dept", "--area", COUNTY, "--name", "澄岭县水利局"),
        }
        units["township"] = self.number("units", "add", "--kind", "township_gov", "--area", TOWNSHIP, "--name", "青芦镇政府", "--parent", str(units["bureau"]))
        units["discipline"] = self.number("units", "add", "--kind", "township_discipline", "--area", TOWNSHIP, "--name", "青芦镇纪委", "--parent", str(units["commission"]))
        units["village"] = self.number("units", "add", "--kind", "village", "--area", VILLAGE, "--name", "柳垭村委会", "--parent", str(units["township"]))
        self.run("calendar", "import", os.path.join(ROOT, "Fixtures/calendar/workdays.csv"))
        for role, unit, name in PEOPLE:
            self.add(role, units[unit], name)
            self.opens(name)

    def add(self, role, unit, name):
        # Once there is an administrator, the operator makes no accounts any more.
        admin = self.people.get("吴管理")
        self.people[name] = self.number(
            "staff", "add", "--unit", str(unit), "--role", role, "--name", name, *(["--as", str(admin)] if admin else []))

    def opens(self, name):
        """Everybody sets a first password for themselves: the old one is empty."""
        self.run("staff", "password", "--as", str(self.people[name]), given="\n" + PASSWORD + "\n")

    def crowd(self, count, each):
        """That many people of the county's commission who review flags; `each` is how their passwords are set."""
        commission = re.search(r"#(\d+) .*county_commission", self.run("units", "list")).group(1)
        names = [f"受理{number + 1}" for number in range(count)]
        for name in names:
            self.add("intake", commission, name)
        each(self.opens, names)
        return names

    def serve(self, *words):
        """Opens a desk over the county: the process and its address."""
        server = subprocess.Popen(
            [self.program, "serve", "--port", "0", *words], env=self.environment, stderr=subprocess.PIPE, text=True)
        line = server.stderr.readline()
        found = re.search(r"https?://\S+/", line)
        if not found:
            raise SystemExit("the desk didn't open: " + line + server.stderr.read())
        return server, found.group(0)

    def run(self, *words, given=None):
        # The demo county's files are looked for in the current folder too, wherever a test is started.
        done = subprocess.run(
            [self.program, *words], env=self.environment, input=given, capture_output=True, text=True, cwd=ROOT)
        if done.returncode > 1:
            raise SystemExit(f"{' '.join(words)}: {done.stderr}")
        return done.stdout

    def token(self, name):
        """A token with which a program works as somebody."""
        out = self.run("staff", "token-issue", "--label", "test", "--as", str(self.people[name]))
        return re.search(r"ms_\S+", out).group(0)

    def number(self, *words):
        return int(self.run(*words).strip())

    def close(self, keep=None):
        """`keep`: a folder that the data folder becomes."""
        self.server.terminate()
        self.server.wait(20)
        if keep:
            os.makedirs(os.path.dirname(keep), exist_ok=True)
            shutil.move(self.data, keep)
        shutil.rmtree(self.folder, ignore_errors=True)

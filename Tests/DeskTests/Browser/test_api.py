"""The API against its own document: schemathesis sends what the document allows and what it doesn't, as several people."""
import subprocess
import sys
import unittest

from county import County

# Each is a sentence about an answer: no failure of the server, no status, type or field that the document doesn't name,
# no way in without a token, no method that isn't there.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,ignored_auth,unsupported_method"
county = None


def setUpModule():
    global county
    county = County()


def tearDownModule():
    county.close()


class Conformance(unittest.TestCase):
    def conforms(self, name, examples):
        token = county.token(name)
        done = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "run", county.address + "api/v1/openapi.json", "-H", "Authorization: Bearer " + token,
             "--checks", CHECKS, "--max-examples", str(examples), "--seed", "8", "--phases", "examples,coverage,fuzzing",
             "--suppress-health-check", "all", "--no-color"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, (done.stdout + done.stderr)[-6000:])

    def test_as_intake(self):
        self.conforms("林受理", 40)

    def test_as_a_village_cadre(self):
        self.conforms("柳垭值班", 10)

    def test_as_an_auditor(self):
        self.conforms("赵审计", 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""The API against its own document: schemathesis sends what the document allows and what it doesn't, as several people."""
import socket
import subprocess
import sys
import time
import unittest
import urllib.parse

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


class Connections(unittest.TestCase):
    """What a program sends that means no good."""

    def sends(self, head, body=b"", drip=False):
        """A request written by hand; what comes back before the connection is closed, and after how long."""
        where = urllib.parse.urlparse(county.address)
        begin = time.time()
        with socket.create_connection((where.hostname, where.port), timeout=60) as line:
            line.sendall(head.replace("HOST", where.netloc).encode() + body)
            answer = b""
            line.settimeout(2 if drip else 60)
            while time.time() - begin < 60:
                try:
                    part = line.recv(65536)
                except TimeoutError:
                    line.sendall(b"x")
                    continue
                except ConnectionResetError:
                    break
                if not part:
                    break
                answer += part
        return answer.decode(errors="replace"), time.time() - begin

    def test_a_body_that_never_ends_is_given_up(self):
        answer, seconds = self.sends("POST /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Length: 60000\r\n\r\n", drip=True)
        self.assertIn(" 408 ", answer.split("\r\n")[0])
        self.assertLess(seconds, 50)

    def test_a_body_that_is_too_large_is_not_read_to_its_end(self):
        answer, seconds = self.sends(
            "POST /import HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Length: 900000000\r\n\r\n", b"x" * 200_000)
        self.assertIn(" 413 ", answer.split("\r\n")[0], "nobody is signed in")
        self.assertLess(seconds, 20)

    def test_another_host_two_lengths_and_strange_methods_get_nothing_of_it(self):
        for head, status in (
            ("GET /sign-in HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "421"),
            # A proxy's form: the server drops the name before the desk sees it, and nothing of it may come back.
            ("GET http://evil.example/sign-in HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "2"),
            ("POST /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", "4"),
            ("POST /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nabcdef", "4"),
            ("TRACE / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "4"),
            ("GET /sign-in HTTP/1.1\r\nHost: HOST\r\nX: " + "y" * 20_000 + "\r\nConnection: close\r\n\r\n", "4"),
        ):
            answer, _ = self.sends(head)
            self.assertIn(" " + status, answer.split("\r\n")[0][8:10 + len(status)], (head[:80], answer[:300]))
            self.assertNotIn("evil.example", answer.replace("\r\n\r\n", ""), head[:80])


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""Stands between Kannel and the site, and answers 500 when told to."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Faults:
    """A proxy on a free port of this machine; `fail(n)` has the next n calls end with a 500."""

    def __init__(self, site_port):
        faults = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if faults.take():
                    return self.answer(500, b"")
                site = http.client.HTTPConnection("127.0.0.1", site_port, timeout=15)
                try:
                    site.request("GET", self.path, headers=dict(self.headers))
                    response = site.getresponse()
                    self.answer(response.status, response.read())
                except OSError:
                    self.close_connection = True  # the site is down: Kannel sees a lost connection
                finally:
                    site.close()

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words):
                pass

        self.lock, self.left, self.failed = threading.Lock(), 0, 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def fail(self, calls=1):
        self.left = calls

    def take(self):
        with self.lock:
            is_due = self.left > 0
            self.left -= is_due
            self.failed += is_due
            return is_due

    def close(self):
        self.server.shutdown()
        self.server.server_close()

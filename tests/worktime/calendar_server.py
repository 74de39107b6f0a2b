"""A server of calendars on this machine, over TLS, with an authority of its own."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.worktime.calendars.guard import OwnMachine

Answer = Callable[[BaseHTTPRequestHandler], None]


class CalendarServer:
    """`answers[path]` says what a path answers; `asked` are the paths that were asked for, with
    the ETag that came along."""

    def __init__(self, own: OwnMachine) -> None:
        self.own = own
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []

    def address(self, path: str, host: str = "localhost") -> str:
        """Where a path is."""
        return f"https://{host}:{self.own.port}{path}"


def sends(data: bytes, status: int = 200, pause: float = 0, **headers: str) -> Answer:
    """Sends the data; with `pause` a byte at a time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        if not pause:
            handler.wfile.write(data)
            return
        for place in range(len(data)):
            handler.wfile.write(data[place : place + 1])
            time.sleep(pause)

    return answer


@contextmanager
def calendar_server(folder: Path) -> Iterator[CalendarServer]:
    """A running one; its certificate is for `localhost` and 127.0.0.1."""
    pem = folder / "server.pem"
    write_certificate(pem)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            served.asked.append((self.path, self.headers.get("If-None-Match", "")))
            with suppress(OSError):  # who asked has gone
                served.answers.get(path, sends(b"", 404))(self)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request: socket.socket, client_address: object) -> None:
            with suppress(OSError), context.wrap_socket(request, server_side=True) as line:
                super().finish_request(line, client_address)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = Server(("127.0.0.1", 0), Handler)
    served = CalendarServer(OwnMachine(server.server_address[1], str(pem)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_certificate(pem: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "calendars of a test")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - timedelta(days=2))
        .not_valid_after(made + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )

"""A server on loopback that stands before the real one and, when told to, misbehaves in one way."""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

HEAD = b"HTTP/1.1 %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
ANSWER = b'{"took":1,"responses":[{"took":1,"timed_out":false,"hits":{"hits":[{"_score":1.0,'


class TroubledServer:
    """Passes bytes to and from ``target`` while it is ``well``; else does what ``trouble`` names."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.trouble = "well"
        self._open: list[socket.socket] = []
        self._ended = False
        threading.Thread(target=self._accept, daemon=True).start()

    def turn(self, trouble: str) -> None:
        """Behave so from now on, on new connections; the present ones are cut."""
        self.trouble = trouble
        if trouble == "refuse":
            self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self._open.clear()
        if trouble != "refuse" and self._listener.fileno() == -1:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            threading.Thread(target=self._accept, daemon=True).start()

    def end(self) -> None:
        """Stop listening."""
        self._ended = True
        self.turn("refuse")

    def _accept(self) -> None:
        listener = self._listener
        while not self._ended:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self.trouble == "well":
                self._pass_on(connection)
                return
            connection.recv(65536)
            match self.trouble:
                case "hang":
                    time.sleep(30)
                case "500":
                    connection.sendall(HEAD % (b"500 Oops", 2) + b"{}")
                case "garbage":
                    connection.sendall(b"\x00\xff\x13 no HTTP at all \r\n\r\n")
                case "not json":
                    connection.sendall(HEAD % (b"200 OK", 9) + b"<html>hi>")
                case "another answer":
                    connection.sendall(HEAD % (b"200 OK", 10) + b'{"took":1}')
                case "half":
                    connection.sendall(HEAD % (b"200 OK", 5000) + ANSWER)
                case "cut short":
                    connection.sendall(HEAD % (b"200 OK", len(ANSWER)) + ANSWER)
                case "byte after byte":
                    for byte in HEAD % (b"200 OK", 5000) + ANSWER * 50:
                        connection.sendall(bytes([byte]))
                        time.sleep(0.05)
        connection.close()

    def _pass_on(self, connection: socket.socket) -> None:
        beyond = socket.create_connection(self._target)
        self._open.append(beyond)
        threading.Thread(target=self._pump, args=(beyond, connection), daemon=True).start()
        self._pump(connection, beyond)

    @staticmethod
    def _pump(source: socket.socket, into: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65536):
                into.sendall(chunk)
        for one in (source, into):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

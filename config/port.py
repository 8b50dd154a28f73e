"""Says whether the port that the server is to listen on is free: run by ``make`` before anything is installed."""

import os
import socket
import sys


def main() -> None:
    """End with a readable line when PORT is no port or somebody listens there already."""
    host, given = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        sys.exit(f"PORT is {given!r}: give a number from 1 to 65535, as in 'make run PORT=8080'.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(given)))
        except OSError as error:
            sys.exit(
                f"Nothing can listen on {host}, port {given}: {error.strerror}. Choose another: 'make run PORT=8080'."
            )


if __name__ == "__main__":
    main()

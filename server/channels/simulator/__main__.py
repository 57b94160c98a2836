"""`python -m server.channels.simulator [--host H] [--port P] [--data-dir D]`."""

import argparse
import logging

import uvloop

from server.channels.simulator.serve import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m server.channels.simulator")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3002)
    parser.add_argument("--data-dir", help="keep numbers, templates and logs here")
    parser.add_argument("--public-url", help="the address others reach it by, for media links")
    parser.add_argument(
        "--allow-public", action="store_true", help="listen beyond this machine, without any login"
    )
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    uvloop.run(
        serve(
            given.host,
            given.port,
            given.data_dir,
            public_url=given.public_url,
            allow_public=given.allow_public,
        )
    )


if __name__ == "__main__":
    main()

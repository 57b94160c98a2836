"""`python -m server rotate-secrets`: after a new key was put first in SECRETS_KEY (docs/operate.md)."""

import asyncio

from server.settings import Settings
from tenants.db import STORE_DOWN, Database
from tenants.rotation import Rotation, rotate
from tenants.secrets import Vault

EXIT_INCOMPLETE = 1


def run(settings: Settings) -> tuple[int, str]:
    """The exit code, and what to tell."""
    try:
        rotation = asyncio.run(_rotate(settings))
    except STORE_DOWN as down:
        return EXIT_INCOMPLETE, f"O MongoDB não responde; rode de novo depois. ({str(down)[:200]})"
    return (EXIT_INCOMPLETE if rotation.unopened else 0), _account_of(rotation)


async def _rotate(settings: Settings) -> Rotation:
    database = Database(settings.mongo_url, settings.mongo_database)
    try:
        return await rotate(database, Vault(list(settings.secrets_key)))
    finally:
        database.close()


def _account_of(rotation: Rotation) -> str:
    lines = [
        f"Lacrados de novo com a primeira chave: {rotation.resealed}",
        f"Já lacrados com ela: {rotation.current}",
        f"Não abrem com nenhuma chave de SECRETS_KEY: {len(rotation.unopened)}",
        *(f"  {where}" for where in rotation.unopened),
    ]
    if rotation.unopened:
        lines.append(
            "Informe esses segredos de novo em Canais, ou devolva a chave que os lacrou e rode outra vez."
        )
    else:
        lines.append("As outras chaves já podem sair de SECRETS_KEY.")
    return "\n".join(lines)

"""All that is stored, so that it can be seen that nothing of it changed."""

from typing import Any

from server.runtime import Runtime
from tests.conftest import Session

Json = dict[str, Any]
# What processes note about themselves, whoever asks for what meanwhile.
_OWN_PACE = {"beats", "lanes"}


async def everything(runtime: Runtime) -> dict[str, list[Json]]:
    """Every document of the database, by collection."""
    database = runtime.database._database
    names = set(await database.list_collection_names()) - _OWN_PACE
    return {name: await database[name].find({}, sort=[("_id", 1)]).to_list(None) for name in sorted(names)}


async def everything_but(session: Session) -> dict[str, list[Json]]:
    """Every document that does not belong to this tenant."""
    mine = session.tenant["id"]

    def belongs(document: Json) -> bool:
        owners = (document.get("tenant_id"), document.get("metadata", {}).get("tenant_id"), document["_id"])
        return mine in owners or str(document.get("files_id", "")).startswith(mine)

    found = await everything(session.runtime)
    return {name: [row for row in documents if not belongs(row)] for name, documents in found.items()}

"""/{account id}/message_templates: list, create, edit, delete, and the review that follows."""

import base64
import re
from typing import Any

from aiohttp import web

from server.channels.simulator import starter
from server.channels.simulator.graph import errors
from server.channels.simulator.graph.access import PROVIDER, endpoint, parameters, reply, waba_of
from server.channels.simulator.graph.perform import perform
from server.channels.simulator.graph.template_rules import check_definition
from server.channels.simulator.provider import Provider
from server.channels.simulator.world import Account, Template

Json = dict[str, Any]
DEFAULT_FIELDS = ["name", "parameter_format", "components", "language", "status", "category", "id"]
PAGE = 25
LARGEST_PAGE = 1000
REJECTED_NAMES = re.compile(r"reject|rejeit")


def shown(template: Template, wanted: list[str] | None = None) -> Json:
    node: Json = {
        "name": template.name,
        "parameter_format": template.parameter_format,
        "components": template.components,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "rejected_reason": template.rejected_reason,
        "quality_score": {"score": template.quality, "date": 1_760_000_000},
        "id": template.id,
    }
    return {name: node[name] for name in (wanted or DEFAULT_FIELDS) if name in node} | {"id": template.id}


@endpoint
async def page(request: web.Request) -> web.StreamResponse:
    """`{data, paging: {cursors, next?}}`; filters name, language, status and category."""
    account, provider = waba_of(request), request.app[PROVIDER]
    number = provider.world.numbers_of(account)[0]
    return await perform(request, "templates", number, lambda: _page(request, account))


def _page(request: web.Request, account: Account) -> Json:
    query = request.query
    found = [t for t in account.templates.values() if _matches(t, query)]
    size = min(int(query.get("limit", PAGE)), LARGEST_PAGE) if query.get("limit", "1").isdigit() else PAGE
    start = _position(query["after"]) if "after" in query else 0
    chosen = found[start : start + size]
    wanted = [name for name in query.get("fields", "").split(",") if name]
    answer: Json = {"data": [shown(template, wanted) for template in chosen]}
    if chosen:
        end = _cursor(start + len(chosen))
        answer["paging"] = {"cursors": {"before": _cursor(start), "after": end}}
        if start + size < len(found):
            following = request.url.update_query(after=end).with_scheme(request.scheme)
            answer["paging"]["next"] = str(following)
    return answer


def _matches(template: Template, query: Any) -> bool:
    if "name" in query and query["name"] not in template.name:
        return False
    plain = {"language": template.language, "status": template.status, "category": template.category}
    return all(query.get(name, value) == value for name, value in plain.items())


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"simulator:{position}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("simulator:"))
    except ValueError as problem:
        raise errors.parameter("Param after is not a cursor of this list.") from problem


@endpoint
async def create(request: web.Request) -> web.StreamResponse:
    account, provider = waba_of(request), request.app[PROVIDER]
    number = provider.world.numbers_of(account)[0]
    given = await parameters(request)
    return await perform(request, "templates", number, lambda: _create(provider, account, given))


def _create(provider: Provider, account: Account, given: Json) -> Json:
    check_definition(account, given)
    template = starter.new_template(given, status="PENDING")
    account.templates[template.id] = template
    provider.journal.template(account, template)
    _send_to_review(provider, account, template)
    return {"id": template.id, "status": template.status, "category": template.category}


def edit(provider: Provider, account: Account, template: Template, given: Json) -> Json:
    """POST /{template id}: new components go to review again."""
    wanted: Json = {"category": template.category, "components": template.components} | given
    check_definition(account, wanted | {"name": template.name, "language": template.language}, editing=True)
    template.category, template.components, template.status = (
        wanted["category"],
        wanted["components"],
        "PENDING",
    )
    provider.journal.template(account, template)
    _send_to_review(provider, account, template)
    return {"success": True}


@endpoint
async def delete(request: web.Request) -> web.StreamResponse:
    """By `name`, in all its languages; with `hsm_id` only that one."""
    account, provider = waba_of(request), request.app[PROVIDER]
    name, template_id = request.query.get("name"), request.query.get("hsm_id")
    doomed = [t for t in account.templates.values() if t.name == name and template_id in (None, t.id)]
    if not doomed:
        raise errors.GraphError(100, message="(#100) Message template not found", subcode=2593002)
    for template in doomed:
        del account.templates[template.id]
        provider.journal.template_deleted(account, template)
    return reply({"success": True})


def set_status(
    provider: Provider, account: Account, template: Template, event: str, reason: str = "NONE"
) -> None:
    """APPROVED, REJECTED, PAUSED, DISABLED, …: kept, and told by webhook."""
    template.status, template.rejected_reason = event, reason
    provider.journal.template(account, template)
    value = {
        "event": event,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "message_template_category": template.category,
        "reason": reason,
    }
    provider.announce_account(account, "message_template_status_update", value)


def _send_to_review(provider: Provider, account: Account, template: Template) -> None:
    rejected = REJECTED_NAMES.search(template.name)
    event, reason = ("REJECTED", "INVALID_FORMAT") if rejected else ("APPROVED", "NONE")
    seconds = provider.world.settings.review_after
    provider.timers.later(seconds, lambda: set_status(provider, account, template, event, reason))

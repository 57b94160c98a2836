"""Checks the parameters of a `template` message against the template, and draws it filled in."""

import re
from typing import Any

from server.channels.simulator.graph import errors, fields
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.world import Account, Template

Json = dict[str, Any]
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
MEDIA_HEADERS = ("IMAGE", "VIDEO", "DOCUMENT", "LOCATION")
LONGEST_PARAMETER = 32_768
LONGEST_BODY = 1024
_BREAKS = re.compile(r"[\n\t]| {5,}")


def variables(text: str) -> list[str]:
    """The distinct names or numbers in `{{…}}`, in order."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def check_template(account: Account, sent: Json) -> Template:
    """The template sent. 132001 unknown, 132015 paused, 132016 disabled, 132000 and 132012 parameters."""
    name = fields.text(sent, "name", 512, "template['name']")
    language = fields.text(fields.section(sent, "language"), "code", 20, "template['language']['code']")
    template = find(account, name, language)
    _check_header(template, sent)
    _check_body(template, sent)
    _check_buttons(template, sent)
    return template


def find(account: Account, name: str, language: str) -> Template:
    matches = (t for t in account.templates.values() if (t.name, t.language) == (name, language))
    template = next(matches, None)
    if template and template.status == "PAUSED":
        raise GraphError(132015, details=f"Template ({name}) is paused due to low quality")
    if template and template.status == "DISABLED":
        raise GraphError(132016, details=f"Template ({name}) is disabled")
    if template is None or template.status != "APPROVED":
        raise GraphError(132001, details=f"template name ({name}) does not exist in {language}")
    return template


def _parameters(sent: Json, kind: str) -> list[Json]:
    for part in sent.get("components") or []:
        if str(part.get("type", "")).lower() == kind:
            return list(part.get("parameters") or [])
    return []


def _check_header(template: Template, sent: Json) -> None:
    header = template.component("HEADER")
    given = _parameters(sent, "header")
    if header is None:
        _count("header", len(given), 0)
    elif header.get("format") in MEDIA_HEADERS:
        received = str(given[0].get("type")).upper() if given else "UNKNOWN"
        if received != header["format"]:
            details = f"header: Format mismatch, expected {header['format']}, received {received}"
            raise GraphError(132012, details=details)
    else:
        _check_texts(template, "header", variables(header.get("text", "")), given)


def _check_body(template: Template, sent: Json) -> None:
    body = template.component("BODY") or {}
    given = _parameters(sent, "body")
    _check_texts(template, "body", variables(body.get("text", "")), given)
    drawn = fill(body.get("text", ""), given)
    if len(template.components) > 1 and len(drawn) > LONGEST_BODY:
        raise GraphError(132005, details=f"body: {len(drawn)} characters, at most {LONGEST_BODY}")


def _check_texts(template: Template, where: str, expected: list[str], given: list[Json]) -> None:
    _count(where, len(given), len(expected))
    for parameter in given:
        if parameter.get("type") not in ("text", "currency", "date_time"):
            raise GraphError(
                132012, details=f"{where}: parameter type {parameter.get('type')} does not match"
            )
        text = _shown(parameter)
        if not text or len(text) > LONGEST_PARAMETER:
            raise errors.parameter(f"{where}: text parameter must have 1 to {LONGEST_PARAMETER} characters")
        if _BREAKS.search(text):
            reason = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
            raise GraphError(132018, details=f"{where}: {reason}")
    if template.parameter_format == "NAMED":
        _check_names(where, expected, given)


def _check_names(where: str, expected: list[str], given: list[Json]) -> None:
    names = [parameter.get("parameter_name") for parameter in given]
    if not all(names):
        raise errors.parameter("Parameter name is missing or empty")
    if set(names) != set(expected):
        raise errors.parameter(f"{where}: parameter names are {', '.join(expected)}")


def _count(where: str, given: int, expected: int) -> None:
    if given != expected:
        raise GraphError(
            132000,
            details=f"{where}: number of localizable_params ({given}) does not match the expected number of params"
            f" ({expected})",
        )


def _check_buttons(template: Template, sent: Json) -> None:
    buttons = (template.component("BUTTONS") or {}).get("buttons", [])
    given = {
        str(part.get("index")): part for part in sent.get("components") or [] if part.get("type") == "button"
    }
    for index in given:
        if not index.isdigit() or int(index) >= len(buttons):
            raise errors.value(f"buttons: there is no button at index {index}")
    for place, button in enumerate(buttons):
        needs_value = button["type"] == "COPY_CODE" or variables(button.get("url", ""))
        if needs_value and not (given.get(str(place)) or {}).get("parameters"):
            raise errors.missing(
                f"buttons: Button at index {place} of type {button['type']} requires a parameter"
            )


def fill(text: str, given: list[Json]) -> str:
    named = {parameter["parameter_name"]: parameter for parameter in given if parameter.get("parameter_name")}
    order = {name: given[place] for place, name in enumerate(variables(text)) if place < len(given)}
    values = {name: _shown(parameter) for name, parameter in (order | named).items()}
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def _shown(parameter: Json) -> str:
    if parameter.get("type") == "text":
        return str(parameter.get("text", ""))
    return str((parameter.get(str(parameter.get("type"))) or {}).get("fallback_value", ""))


def drawn(template: Template, sent: Json) -> Json:
    """`{header?, body, footer?, buttons}` as the phone shows it; each button `{type, text, id, url?, phone?}`."""
    body = template.component("BODY") or {}
    shown: Json = {
        "name": template.name,
        "header": _drawn_header(template, sent),
        "body": fill(body.get("text", ""), _parameters(sent, "body")),
        "footer": (template.component("FOOTER") or {}).get("text"),
        "buttons": _drawn_buttons(template, sent),
    }
    return {name: value for name, value in shown.items() if value}


def _drawn_header(template: Template, sent: Json) -> Json | None:
    header, given = template.component("HEADER"), _parameters(sent, "header")
    if header is None:
        return None
    if header.get("format") in MEDIA_HEADERS:
        kind = header["format"].lower()
        return {"type": kind, kind: given[0].get(kind)}
    return {"type": "text", "text": fill(header.get("text", ""), given)}


def _drawn_buttons(template: Template, sent: Json) -> list[Json]:
    given = {
        str(part.get("index")): part for part in sent.get("components") or [] if part.get("type") == "button"
    }
    shown = []
    for index, button in enumerate((template.component("BUTTONS") or {}).get("buttons", [])):
        parameter = ((given.get(str(index)) or {}).get("parameters") or [{}])[0]
        text = button.get("text", "Copiar código")
        payload = parameter.get("payload") or parameter.get("text") or parameter.get("coupon_code")
        one = {"type": button["type"], "text": text, "id": str(payload or text)}
        if "url" in button:
            one["url"] = VARIABLE.sub(str(payload or ""), button["url"])
        if "phone_number" in button:
            one["phone"] = button["phone_number"]
        shown.append(one)
    return shown

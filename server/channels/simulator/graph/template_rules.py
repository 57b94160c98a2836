"""What Meta refuses at the creation of a template (whatsapp.md 1.2)."""

import re
from typing import Any

from server.channels.simulator.graph import errors, fields
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.graph.template_send import VARIABLE, variables
from server.channels.simulator.world import Account

Json = dict[str, Any]
CATEGORIES = ("MARKETING", "UTILITY", "AUTHENTICATION")
FORMATS = ("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION")
BUTTONS = ("QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP", "FLOW", "CATALOG", "VOICE_CALL")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
WORDS_A_VARIABLE = 2


def check_definition(account: Account, given: Json, *, editing: bool = False) -> None:
    """GraphError 100, with Meta's subcode where one is known."""
    name, language = given.get("name"), given.get("language")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise errors.parameter("Param name must have 1 to 512 characters of a-z, 0-9 and _.")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise errors.parameter("Param language must be a language code such as pt_BR.")
    if given.get("category") not in CATEGORIES:
        raise errors.parameter(f"Param category must be one of {{{', '.join(CATEGORIES)}}}.")
    if given.get("parameter_format", "POSITIONAL") not in ("POSITIONAL", "NAMED"):
        raise errors.parameter("Param parameter_format must be one of {NAMED, POSITIONAL}.")
    if not editing and any((t.name, t.language) == (name, language) for t in account.templates.values()):
        raise _refused("Content in this language already exists", 2388024)
    _check_components(fields.items(given, "components", 10, "components"))


def _check_components(components: list[Json]) -> None:
    kinds = [str(part.get("type")) for part in components]
    if "BODY" not in kinds or len(set(kinds)) < len(kinds):
        raise errors.parameter("components need exactly one BODY and each type at most once.")
    for part in components:
        check = _CHECKS.get(str(part.get("type")))
        if check is None:
            raise errors.parameter(f"Param type must be one of {{{', '.join(_CHECKS)}}}.")
        check(part)


def _check_header(part: Json) -> None:
    if part.get("format") not in FORMATS:
        raise errors.parameter(f"Param format must be one of {{{', '.join(FORMATS)}}}.")
    if part["format"] == "TEXT":
        text = fields.text(part, "text", 60, "header text")
        if len(variables(text)) > 1:
            raise errors.parameter("A header has at most one variable.")
        _need_example(part, text, "header_text")


def _check_body(part: Json) -> None:
    text = fields.text(part, "text", 1024, "body text")
    stripped = text.strip()
    if stripped.startswith("{{") or re.search(r"\}\}[.!?]?$", stripped):
        raise _refused("Variables can't be at the start or end of the template", 2388299)
    words = len(VARIABLE.sub(" ", text).split())
    if words < WORDS_A_VARIABLE * len(variables(text)):
        raise _refused("This template has too many variables for its length", 2388293)
    _need_example(part, text, "body_text")


def _need_example(part: Json, text: str, name: str) -> None:
    example = part.get("example") or {}
    if variables(text) and not (example.get(name) or example.get(f"{name}_named_params")):
        raise _refused(f"component of type {part['type']} is missing expected field(s) (example)", 2388043)


def _check_footer(part: Json) -> None:
    if variables(fields.text(part, "text", 60, "footer text")):
        raise errors.parameter("A footer has no variables.")


def _check_buttons(part: Json) -> None:
    for button in fields.items(part, "buttons", 10, "buttons"):
        if button.get("type") not in BUTTONS:
            raise errors.parameter(f"Button type must be one of {{{', '.join(BUTTONS)}}}.")
        fields.text(button, "text", 25, "button text", required=button["type"] not in ("OTP", "COPY_CODE"))
        if button["type"] == "URL":
            fields.link(button, "url", "button url")


_CHECKS = {"HEADER": _check_header, "BODY": _check_body, "FOOTER": _check_footer, "BUTTONS": _check_buttons}


def _refused(reason: str, subcode: int) -> GraphError:
    return GraphError(100, message="Invalid parameter", details=reason, subcode=subcode)

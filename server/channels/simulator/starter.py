"""What exists before anybody asks: the default number, and the templates of a new account."""

from typing import Any

from server.channels.simulator import identity
from server.channels.simulator.settings import Settings
from server.channels.simulator.world import Account, Number, Template

Json = dict[str, Any]

# The number that is there after the start, with values that can be typed into a form.
DEFAULT_NUMBER: Json = {
    "phoneNumberId": "100000000000001",
    "displayPhoneNumber": "+55 11 4000-0001",
    "name": "Hotel Demonstração",
    "wabaId": "200000000000001",
    "appId": "300000000000001",
    "accessToken": "EAAGsimulador-token-de-acesso",
    "appSecret": "0123456789abcdef0123456789abcdef",
    "verifyToken": "simulador-verificacao",
}


def _quick_reply(text: str) -> Json:
    return {"type": "QUICK_REPLY", "text": text}


STARTER_TEMPLATES: list[Json] = [
    {
        "name": "hello_world",
        "language": "en_US",
        "category": "UTILITY",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
            {
                "type": "BODY",
                "text": "Welcome and congratulations!! This message demonstrates your ability to send.",
            },
            {"type": "FOOTER", "text": "WhatsApp Business Platform sample message"},
        ],
    },
    {
        "name": "boas_vindas",
        "language": "pt_BR",
        "category": "MARKETING",
        "components": [
            {
                "type": "BODY",
                "text": "Olá {{1}}, é um prazer receber você! Como podemos ajudar hoje?",
                "example": {"body_text": [["João"]]},
            },
            {
                "type": "BUTTONS",
                "buttons": [_quick_reply("Fazer reserva"), _quick_reply("Falar com atendente")],
            },
        ],
    },
    {
        "name": "confirmacao_reserva",
        "language": "pt_BR",
        "category": "UTILITY",
        "components": [
            {
                "type": "HEADER",
                "format": "TEXT",
                "text": "Reserva {{1}}",
                "example": {"header_text": ["H-1024"]},
            },
            {
                "type": "BODY",
                "text": "Olá {{1}}, sua reserva de {{2}} a {{3}} está confirmada. Esperamos por você!",
                "example": {"body_text": [["João", "10/12", "14/12"]]},
            },
            {"type": "FOOTER", "text": "Hotel Demonstração"},
            {"type": "BUTTONS", "buttons": [_quick_reply("Confirmar"), _quick_reply("Alterar datas")]},
        ],
    },
    {
        "name": "codigo_acesso",
        "language": "pt_BR",
        "category": "AUTHENTICATION",
        "components": [
            {
                "type": "BODY",
                "text": "*{{1}}* é seu código de verificação.",
                "example": {"body_text": [["123456"]]},
            },
        ],
    },
]


def new_template(definition: Json, *, status: str = "APPROVED") -> Template:
    return Template(
        id=identity.new_number_id(),
        name=definition["name"],
        language=definition["language"],
        category=definition["category"],
        components=definition["components"],
        parameter_format=definition.get("parameter_format", "POSITIONAL"),
        status=status,
    )


def new_account(wanted: Json) -> Account:
    templates = [new_template(each) for each in wanted.get("templates", STARTER_TEMPLATES)]
    return Account(
        waba_id=str(wanted.get("wabaId") or identity.new_number_id()),
        app_id=str(wanted.get("appId") or identity.new_number_id()),
        app_secret=str(wanted.get("appSecret") or identity.new_secret()),
        access_token=str(wanted.get("accessToken") or identity.new_access_token()),
        verify_token=str(wanted.get("verifyToken") or identity.new_secret()),
        templates={each.id: each for each in templates},
    )


def new_number(wanted: Json, account: Account, settings: Settings, ordinal: int) -> Number:
    """`wanted` has the members of DEFAULT_NUMBER; what it lacks is made up."""
    return Number(
        phone_number_id=str(wanted.get("phoneNumberId") or identity.new_number_id()),
        display_phone_number=str(wanted.get("displayPhoneNumber") or f"+55 11 4000-{ordinal:04d}"),
        verified_name=str(wanted.get("name") or f"Empresa {ordinal}"),
        account=account,
        settings=settings,
    )

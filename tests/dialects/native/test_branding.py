"""How the console looks: the account's own colour and logo."""

from typing import Any

import pytest
from aiohttp import FormData

from tests.conftest import Session
from tests.factories import PIXEL, body_of

Json = dict[str, Any]


async def an_image(session: Session) -> str:
    form = FormData()
    form.add_field("file", PIXEL, filename="logo.png", content_type="image/png")
    uploaded = await session.client.post("/api/media/upload", data=form, headers=session.headers)
    return str((await body_of(uploaded, 201))["id"])


async def test_colour_and_logo(hotel: Session) -> None:
    branding = {"color": "#a1B2c3", "logoMediaId": await an_image(hotel)}
    body = await body_of(await hotel.patch("/api/tenant", {"settings": {"branding": branding}}))
    kept = {**branding, "color": "#a1b2c3"}
    assert body["settings"]["branding"] == kept
    agent = await hotel.colleague()
    assert (await body_of(await agent.get("/api/tenant")))["settings"]["branding"] == kept
    plain = await body_of(await hotel.patch("/api/tenant", {"settings": {"branding": {}}}))
    assert plain["settings"]["branding"] == {"color": None, "logoMediaId": None}


@pytest.mark.parametrize("color", ["red", "#fff", "#12345g", "url(http://x)", "#123456;}", ""])
async def test_what_is_no_colour(hotel: Session, color: str) -> None:
    body = await body_of(await hotel.patch("/api/tenant", {"settings": {"branding": {"color": color}}}), 400)
    assert body["details"][0]["field"] == "settings.branding.color"


async def test_a_logo_is_a_picture_of_ones_own(hotel: Session, rival: Session) -> None:
    for wrong in ("nada", await an_image(rival)):
        changes = {"settings": {"branding": {"logoMediaId": wrong}}}
        body = await body_of(await hotel.patch("/api/tenant", changes), 400)
        assert body["details"][0]["field"] == "settings.branding.logoMediaId"
    assert (await body_of(await hotel.get("/api/tenant")))["settings"]["branding"]["logoMediaId"] is None

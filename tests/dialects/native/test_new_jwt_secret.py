"""JWT_SECRET is changed: access tokens are worth nothing at once, and nobody has to type a password for it."""

from aiohttp.test_utils import TestClient, TestServer

from server.app import make_app
from server.settings import Settings
from tests.conftest import Session
from tests.factories import body_of


async def test_sessions_go_on_with_their_refresh_tokens(hotel: Session, settings: Settings) -> None:
    renewed = settings.model_copy(update={"jwt_secret": "another-secret-of-thirty-two-bytes!"})
    async with TestClient(TestServer(make_app(renewed))) as other:
        assert (await other.get("/auth/me", headers=hotel.headers)).status == 401
        token = {"refreshToken": hotel.refresh_token}
        session = await body_of(await other.post("/auth/refresh", json=token))
        headers = {**hotel.headers, "Authorization": f"Bearer {session['token']}"}
        assert (await other.get("/auth/me", headers=headers)).status == 200
    assert (await hotel.get("/auth/me")).status == 200, (
        "a process that still has the old secret takes its own"
    )

"""Operations: what a load balancer and Prometheus are told."""

from aiohttp.test_utils import TestClient, TestServer

from server import metrics
from server.app import make_app
from server.settings import Settings
from tests.conftest import Client, Session


async def test_metrics_are_for_this_machine_or_the_token(client: Client, settings: Settings) -> None:
    assert (await client.get("/metrics")).status == 200
    guarded = settings.model_copy(update={"metrics_token": "secret-of-the-scraper"})
    async with TestClient(TestServer(make_app(guarded))) as other:
        assert (await other.get("/metrics")).status == 403
        assert (await other.get("/metrics", headers={"Authorization": "Bearer wrong"})).status == 403
        right = {"Authorization": "Bearer secret-of-the-scraper"}
        assert (await other.get("/metrics", headers=right)).status == 200


async def test_metrics_count_requests_by_route_and_what_workers_did(hotel: Session) -> None:
    redis, prefix = hotel.runtime.redis, hotel.runtime.settings.mongo_database
    await metrics.flush(redis, prefix)  # what other tests counted in this process
    await redis.delete(f"{prefix}:counters")
    await hotel.get("/api/conversations/some-id")
    metrics.count("messages_sent_total", 3)
    await metrics.flush(redis, prefix)
    text = await (await hotel.client.get("/metrics")).text()
    assert 'http_requests_total{method="GET",route="/api/conversations/{id}",status="404"}' in text
    assert "some-id" not in text
    assert "messages_sent_total 3.0" in text
    assert "conversations_active_total 0.0" in text


async def test_health_and_readiness_tell_their_parts(client: Client) -> None:
    health = await (await client.get("/health")).json()
    assert health["status"] == "degraded"  # nobody plays WhatsApp here
    assert health["services"] == {
        "database": "healthy", "redis": "healthy", "sqlserver": "healthy", "whatsapp_api": "unhealthy",
    }  # fmt: skip
    assert (await client.get("/ready")).status == 200

"""Which provider stands behind a channel's type."""

from collections.abc import Callable

from server.channels import base
from server.channels.meta_cloud.graph import MetaCloud
from server.desk.channels import Channel, ChannelType
from server.runtime import Runtime


def open_channel(runtime: Runtime, tenant_id: str, channel: Channel) -> base.Channel:
    """Raises ValueError when the access token was sealed with a key that is gone."""
    token = runtime.keys.vault.open(tenant_id, channel.secrets["access_token"])
    return _PROVIDERS[channel.type](runtime, channel, token)


def webhook_url(runtime: Runtime, slug: str) -> str:
    """The address to paste into the provider's console."""
    return f"{runtime.settings.public_url}/webhooks/whatsapp/{slug}"


def _meta_cloud(runtime: Runtime, channel: Channel, access_token: str) -> MetaCloud:
    return MetaCloud(
        runtime.http,
        outside=runtime.outside,
        graph_url=runtime.settings.graph_api_url,
        version=runtime.settings.graph_api_version,
        phone_number_id=channel.phone_number_id,
        waba_id=channel.waba_id,
        access_token=access_token,
        send_timeout=runtime.settings.send_timeout,
    )


_PROVIDERS: dict[ChannelType, Callable[[Runtime, Channel, str], base.Channel]] = {
    ChannelType.WHATSAPP_CLOUD: _meta_cloud,
}

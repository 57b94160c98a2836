"""A number to try things with: the simulator makes it, and it is connected as a real one is."""

import aiohttp

from server.channels import connecting
from server.desk.channels import Channel, NewChannel
from server.runtime import Runtime
from tenants.context import Context
from tenants.permissions import Permission, requires
from tenants.problems import NotFound, Unavailable


class NoSimulator(NotFound):
    message = "Esta instalação não tem simulador."


def phone_url(runtime: Runtime, channel: Channel) -> str | None:
    """Where one plays this number's customers; None for a number of the real WhatsApp."""
    settings = runtime.settings
    if not channel.sandbox or settings.simulator_url != settings.graph_api_url:
        return None
    return f"{settings.simulator_url}/#{channel.phone_number_id}"


@requires(Permission.CHANNELS_EDIT)
async def connect(ctx: Context, runtime: Runtime, *, name: str) -> Channel:
    """Raises NoSimulator where SIMULATOR_URL is not set, Unavailable where nobody answers there."""
    if not runtime.settings.simulator_url:
        raise NoSimulator
    try:
        async with runtime.http.post(
            f"{runtime.settings.simulator_url}/simulator/numbers", json={"name": name}
        ) as answer:
            answer.raise_for_status()
            number = await answer.json()
    except (aiohttp.ClientError, TimeoutError) as silent:
        raise Unavailable("O simulador não respondeu.") from silent
    new = NewChannel(
        name=name,
        phone_number_id=number["phoneNumberId"],
        waba_id=number["wabaId"],
        display_phone_number=number["displayPhoneNumber"],
        access_token=number["accessToken"],
        app_secret=number["appSecret"],
        verify_token=number["verifyToken"],
        sandbox=True,
    )
    return await connecting.connect(ctx, runtime, new)

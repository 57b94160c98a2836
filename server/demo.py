"""`python -m server demo`: a furnished hotel to look around in. A second run changes nothing."""

import asyncio
import secrets

from server.channels import sandbox
from server.desk import canned_responses, channels, colleagues, tags, teams
from server.runtime import Runtime
from server.settings import Settings, keep
from tenants import registry, signup
from tenants.context import Context
from tenants.credentials import password_matches
from tenants.models import Role, Tenant, TenantKind
from tenants.problems import Unavailable
from tenants.signup import NewTenant
from tenants.users import NewUser

SLUG = "hotel-demo"
ADMIN = "admin@hotel.demo"
AGENTS = {"ana@hotel.demo": "Ana Souza", "bruno@hotel.demo": "Bruno Lima"}
TEAM = "Recepção"
CHANNEL = "Recepção"
TAGS = {
    "Reserva": "#2E7D32",
    "Check-in": "#1565C0",
    "Reclamação": "#C62828",
    "Grupo": "#6A1B9A",
    "VIP": "#EF6C00",
}
RESPONSES = {
    "oi": ("Saudação", "Olá! Aqui é da recepção do Hotel Demo. Como posso ajudar?"),
    "checkin": ("Check-in e check-out", "O check-in é a partir das 14h e o check-out até as 12h."),
    "cafe": (
        "Café da manhã",
        "O café da manhã é servido das 6h30 às 10h, no térreo, e está incluso na diária.",
    ),
    "wifi": ("Wi-Fi", "A rede é HotelDemo; a senha está no cartão do seu quarto."),
    "aguarde": ("Aguarde", "Só um instante, por favor: vou verificar e já respondo."),
    "obrigado": ("Despedida", "Nós é que agradecemos. Até breve!"),
}
SIMULATOR_START_SECONDS = 15


def run(settings: Settings) -> None:
    """Prints how to log in."""
    print(asyncio.run(_run(settings)))


async def _run(settings: Settings) -> str:
    runtime = await Runtime.open(settings)
    try:
        await runtime.database.ensure_indexes()
        return await furnish(runtime)
    finally:
        await runtime.close()


async def furnish(runtime: Runtime) -> str:
    """Make what is missing. Returns how to log in, for a person; the password is kept in DATA_DIR/demo_password."""
    password = keep(runtime.settings.data_dir / "demo_password", lambda: secrets.token_urlsafe(9))
    tenant = await registry.tenant_by_slug(runtime.database, SLUG) or await _sign_up(runtime, password)
    async with runtime.enter(tenant) as ctx:
        await _furnish_desk(ctx, runtime, password)
        if runtime.settings.simulator_url and not await channels.every(ctx):
            await _connect(ctx, runtime)
        admin = await ctx.db.users.one({"email": ADMIN}) or {}
        hashed = admin.get("password_hash")
        fits = await password_matches(password, hashed, rounds=runtime.settings.bcrypt_rounds)
    shown = password if fits else "(a senha que você definiu)"
    agents = " e ".join(AGENTS)
    return f"{ADMIN}  {shown}  (empresa {SLUG})\n{agents}, atendentes, com a mesma senha inicial"


async def _sign_up(runtime: Runtime, password: str) -> Tenant:
    tenant, _ = await signup.sign_up(
        runtime.database,
        runtime.keys,
        tenant=NewTenant(slug=SLUG, name="Hotel Demo", kind=TenantKind.HOTEL),
        admin=NewUser(email=ADMIN, name="Administração", password=password),
        at=runtime.clock(),
    )
    return tenant


async def _furnish_desk(ctx: Context, runtime: Runtime, password: str) -> None:
    for email, name in AGENTS.items():
        if not await ctx.db.users.exists({"email": email}):
            new = NewUser(email=email, name=name, password=password, role=Role.AGENT)
            await colleagues.create(ctx, runtime.database, new)
    if not await teams.every(ctx):
        agents = await ctx.db.users.all({"email": {"$in": list(AGENTS)}}, fields=["_id"])
        await teams.create(ctx, name=TEAM, member_ids=[agent["_id"] for agent in agents])
    if not await tags.every(ctx):
        for name, color in TAGS.items():
            await tags.create(ctx, name=name, color=color)
    if not await canned_responses.every(ctx):
        for shortcut, (title, content) in RESPONSES.items():
            await canned_responses.create(ctx, shortcut=shortcut, title=title, content=content)


async def _connect(ctx: Context, runtime: Runtime) -> None:
    """The simulator may have been started a moment ago. Raises Unavailable when it stays silent."""
    deadline = asyncio.get_running_loop().time() + SIMULATOR_START_SECONDS
    while True:
        try:
            await sandbox.connect(ctx, runtime, name=CHANNEL)
        except Unavailable:
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.25)
        else:
            return

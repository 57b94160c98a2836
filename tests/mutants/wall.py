"""Faults in what keeps tenants apart outside the scoped store: look-ups, keys, rooms, signals, references, signatures.

The store itself (`tenants/db.py`, `tenants/wall.py`) and every `@requires` are broken one by one, from their syntax
trees, by tests/wall/test_store.py and tests/wall/test_guards.py.
"""

from tests.mutants.mutant import Mutant

_NATIVE = "server/dialects/native"
_ISP = "server/dialects/isp"
_REST = "tests/test_isolation.py"
_LIVE = "tests/test_isolation_live.py"
_SIGHT = "tests/test_isolation_sight.py"
_TOLD = "tests/realtime/test_told.py"
_JOBS = "tests/wall/test_jobs.py"
_HOOKS = "tests/wall/test_webhooks.py"
_SIGN_IN = "tests/wall/test_signing_in.py"
_REGISTRY = "tests/tenants/test_registry.py"
_INTAKE = "tests/channels/test_intake.py"


def _wall(name: str, file: str, before: str, after: str, *, killer: str, breaks: str) -> Mutant:
    return Mutant(name, file, before, after, breaks, "X1", (killer,))


MUTANTS: tuple[Mutant, ...] = (
    # Who someone is, and where
    _wall(
        "one-scope-for-all", "server/runtime.py", "self.database.scoped(tenant.id)",
        'self.database.scoped("everyone")', killer=_REST, breaks="every context reads and writes the same tenant",
    ),
    _wall(
        "session-known-without-tenant", "tenants/access.py",
        "(identity.tenant.id, identity.user.id) != (claims.tid, claims.sub)", "identity.user.id != claims.sub",
        killer=_SIGN_IN, breaks="what is remembered of a session answers for another tenant's token",
    ),
    _wall(
        "slug-unchecked", f"{_NATIVE}/dialect.py", "if slug and slug != identity.tenant.slug:", "if not identity:",
        killer=_REST, breaks="X-Tenant-Slug may name another tenant than the token",
    ),
    _wall(
        "slug-unneeded", f"{_NATIVE}/dialect.py", 'if not slug and not request.path.startswith("/auth/"):',
        "if not identity:", killer=_REST, breaks="a request need not say which tenant it means",
    ),
    _wall(
        "socket-slug-unchecked", "server/realtime/admission.py",
        "if slug and slug.strip().lower() != identity.tenant.slug:", "if not identity:", killer=_LIVE,
        breaks="a socket may name another tenant than its token",
    ),
    _wall(
        "socket-takes-any-token", "server/realtime/admission.py",
        "if (identity.tenant.id, identity.user.id) != (known.tenant.id, known.user.id):", "if not identity:",
        killer=_LIVE, breaks="auth:refresh moves a socket to another tenant",
    ),
    _wall(
        "login-tries-shared", f"{_NATIVE}/auth.py", "who = (_ip(runtime, request), body.email, slug)",
        "who = (_ip(runtime, request), body.email)", killer=_SIGN_IN, breaks="signing in here forgives wrong guesses there",
    ),
    _wall(
        "unnamed-tries-forgiven", f"{_NATIVE}/auth.py", "    if slug:\n        # Unnamed", "    if who:\n        # Unnamed",
        killer=_SIGN_IN, breaks="signing in somewhere forgives wrong guesses everywhere",
    ),
    _wall(
        "login-ignores-slug", "tenants/signin.py", "    if slug:\n", "    if not email:\n", killer=_SIGN_IN,
        breaks="a password opens a tenant that was not named",
    ),
    _wall(
        "sealed-for-anyone", "tenants/secrets.py", "if owner != tenant_id:", "if not owner:", killer=_REGISTRY,
        breaks="a sealed token copied to another tenant opens there",
    ),
    # How a tenant is found
    _wall(
        "any-tenant-by-id", "tenants/registry.py", '("tenants").find_one({"_id": id})', '("tenants").find_one({})',
        killer=_REST, breaks="an id leads to the first tenant there is",
    ),
    _wall(
        "any-tenant-by-slug", "tenants/registry.py", '("tenants").find_one({"slug": slug})',
        '("tenants").find_one({})', killer=_REGISTRY, breaks="a slug leads to the first tenant there is",
    ),
    _wall(
        "addresses-taken-over", "tenants/registry.py",
        '{"_id": key, "tenant_id": tenant_id},\n            {"$set"', '{"_id": key},\n            {"$set"',
        killer=_REGISTRY, breaks="proving another's number takes it away from him",
    ),
    _wall(
        "addresses-released-by-anyone", "tenants/registry.py",
        '{"_id": key, "tenant_id": tenant_id}, session', '{"_id": key}, session',
        killer=_REGISTRY, breaks="an address can be let go by whom it does not belong to",
    ),
    _wall(
        "numbers-held-by-whoever-types-them", "server/channels/connecting.py", "await opened.prove()", "pass",
        killer="tests/channels/test_connecting.py", breaks="an invented token keeps the owner from his number",
    ),
    _wall(
        "addresses-by-beginning", "tenants/registry.py", 're.compile(f"^{re.escape(key)}/")',
        're.compile(f"^{re.escape(key)}")', killer=_REGISTRY, breaks="number 100 also finds the owner of 1000",
    ),
    _wall(
        "addresses-by-pattern", "tenants/registry.py", 're.compile(f"^{re.escape(key)}/")', 're.compile(f"^{key}/")',
        killer=_REGISTRY, breaks="an address is read as a pattern",
    ),
    _wall(
        "emails-by-pattern", "tenants/registry.py", 'f"^{re.escape(prefix)}/"', 'f"^{prefix}"', killer=_REGISTRY,
        breaks="an e-mail also finds those that begin with it",
    ),
    _wall(
        "indexes-not-by-tenant", "tenants/indexes.py", 'Index([("tenant_id", ASCENDING), *keys], unique, where)',
        'Index([*keys, ("tenant_id", ASCENDING)], unique, where)', killer="tests/tenants/test_db.py",
        breaks="a look-up reads its way through other tenants' keys",
    ),
    # What comes from WhatsApp
    _wall(
        "slug-webhooks-unsigned", "server/channels/intake.py", "raise InvalidSignature\n        _parse(raw)",
        "pass\n        _parse(raw)", killer=_HOOKS, breaks="anyone may write into a tenant's journal",
    ),
    _wall(
        "shared-webhooks-unsigned", "server/channels/intake.py",
        "[tenant_id for tenant_id in owners if await self._proves(tenant_id, raw, signature)]", "list(owners)",
        killer=_HOOKS, breaks="a body by address needs no signature of its owner",
    ),
    _wall(
        "whole-bodies-for-everyone", "server/channels/intake.py", "_part_of(payload, owners[tenant_id])", "raw",
        killer=_INTAKE, breaks="a body of several tenants is given whole to each",
    ),
    _wall(
        "parts-of-everyone", "server/channels/intake.py", "return (self.number or self.account) in own",
        "return bool(own)", killer=_INTAKE, breaks="a tenant's part of a body holds the others' parts too",
    ),
    _wall(
        "one-memory-for-all", "server/channels/recipients.py", "known = self._known.get(key)",
        "known = next(iter(self._known.values()), None)", killer=_HOOKS,
        breaks="who was found by one slug or number is found by every other",
    ),
    _wall(
        "verify-tokens-of-all", "server/channels/intake.py",
        "self._by_slug(slug) if slug else self._by_token(token)", "self._by_token(token)", killer=_HOOKS,
        breaks="a verify token counts at every tenant's address",
    ),
    _wall(
        "foreign-numbers-applied", "server/channels/applying.py", "return known.get(phone_number_id)",
        "return known.get(phone_number_id) or next(iter(known.values()), None)", killer=_HOOKS,
        breaks="a body about another's number is applied to one of ours",
    ),
    _wall(
        "foreign-accounts-applied", "server/channels/applying.py",
        "for channel in known.values() if channel.waba_id == waba_id), None)", "for channel in known.values()), None)",
        killer=_HOOKS, breaks="a body about another's account is applied to one of ours",
    ),
    # Rooms, signals, lanes
    _wall(
        "one-floor-for-all", "server/realtime/realtime.py", "floors = self._floors.get(tenant_id, [])",
        "floors = next(iter(self._floors.values()), [])", killer=_LIVE, breaks="sockets of all tenants share a room",
    ),
    _wall(
        "one-follower-for-all", "server/realtime/hub.py", "self._followers.get(audience.tenant_id)",
        "next(iter(self._followers.values()), None)", killer=_LIVE, breaks="every room is shown the first tenant's feed",
    ),
    _wall(
        "signals-to-all", "server/realtime/realtime.py", "floors = self._floors.get(signal.tenant_id)",
        "floors = next(reversed(self._floors.values()), None)", killer=_LIVE, breaks="a signal reaches the wrong tenant's room",
    ),
    _wall(
        "typing-without-tenant", "server/realtime/typists.py", "Signal(connection.floor.tenant_id, typing.kind",
        'Signal("", typing.kind', killer=_LIVE, breaks="typing is told to no tenant's room",
    ),
    _wall(
        "joining-unchecked", f"{_NATIVE}/sockets.py",
        'if not await ctx.db.conversations.exists({"_id": conversation_id, **queries.visible(ctx)}):',
        "if not conversation_id:", killer=_LIVE, breaks="a socket joins conversations that are not there for it",
    ),
    _wall(
        "one-kick-for-all", "server/jobs.py", "{kick.job}:{':'.join(kick.ids)}", "{kick.job}", killer=_JOBS,
        breaks="a kick that waits swallows other tenants' kicks",
    ),
    _wall(
        "any-function-is-a-job", "workers/process.py", "if self.func_name not in runner.WORK:",
        "if self.func_name is None:", killer=_JOBS, breaks="what is written to Redis is called, whatever it names",
    ),
    _wall(
        "operators-as-ids", "workers/runner.py", "if not all(type(id) is str for id in ids):", "if ids is None:", killer=_JOBS,
        breaks="an id forged in Redis may be an operator",
    ),
    # References to things of one's own
    _wall(
        "foreign-teams-of-users", "tenants/users.py", "if set(ids) - (await ctx.db.teams.by_ids(ids)).keys():",
        "if None in ids:", killer=_REST, breaks="a user joins a team that is not there",
    ),
    _wall(
        "foreign-members", "server/desk/teams.py", "if set(wanted) - (await ctx.db.users.by_ids(wanted)).keys():",
        "if None in wanted:", killer=_REST, breaks="a team has members that are not there",
    ),
    _wall(
        "foreign-tags-of-contacts", "server/desk/contacts/directory.py",
        "if unknown := [id for id in ids if id not in known]:", "if unknown := [id for id in ids if not id]:", killer=_REST,
        breaks="a contact carries tags that are not there",
    ),
    _wall(
        "foreign-teams-of-conversations", "server/desk/conversations/actions.py",
        'if not await ctx.db.teams.exists({"_id": id}):', "if not id:", killer=_REST,
        breaks="a conversation waits for a team that is not there",
    ),
    _wall(
        "foreign-channels", "server/desk/conversations/opening.py",
        'if not await ctx.db.channels.exists({"_id": channel_id, "deleted": False}):', "if not channel_id:", killer=_REST,
        breaks="a conversation begins on a channel that is not there",
    ),
    # People by number, each tenant its own; sockets of the other wire
    _wall(
        "users-by-any-number", "tenants/users.py", 'users.one({"number": number})', "users.one({})", killer=_REST,
        breaks="a number leads to the first user there is",
    ),
    _wall(
        "typing-unchecked", f"{_ISP}/sockets.py",
        "        await queries.by_id(ctx, body.conversation_id)\n    typists.heard", "        pass\n    typists.heard",
        killer=_LIVE, breaks="a socket is typing in conversations that are not there for it",
    ),
    # What an agent of a closed house may not see
    _wall(
        "hidden-found", "server/desk/conversations/queries.py", 'one({"_id": id, **visible(ctx)})', "by_id(id)",
        killer=_SIGHT, breaks="an id leads to every conversation of the tenant",
    ),
    _wall(
        "hidden-listed", "server/desk/conversations/queries.py",
        "conditions = [_dimensions(sieve), visible(ctx), *", "conditions = [_dimensions(sieve), *", killer=_SIGHT,
        breaks="lists and searches show every conversation",
    ),
    _wall(
        "hidden-totalled", "server/desk/conversations/queries.py",
        'tallies.total(ctx, {"$and": [_dimensions(sieve), visible(ctx)]})', "tallies.total(ctx, _dimensions(sieve))",
        killer=_SIGHT, breaks="a list's total counts what it does not show",
    ),
    _wall(
        "hidden-counted", "server/desk/conversations/queries.py",
        'tallies.by_cell(ctx, {"$and": [_dimensions(sieve), visible(ctx)]})', "tallies.by_cell(ctx, _dimensions(sieve))",
        killer=_SIGHT, breaks="the counts of the lists count what these do not show",
    ),
    _wall(
        "hidden-in-stats", "server/desk/reports.py", "tallies.by_cell(ctx, queries.visible(ctx))",
        "tallies.by_cell(ctx, {})", killer=_SIGHT, breaks="an agent's numbers count everybody's conversations",
    ),
    _wall(
        "hidden-messages-found", "server/desk/messages/queries.py",
        'if found["conversation_id"] not in await conversations.visible_ids(ctx, [found["conversation_id"]]):',
        'if not found["conversation_id"]:', killer=_SIGHT, breaks="an id leads to messages of hidden conversations",
    ),
    _wall(
        "hidden-messages-searched", "server/desk/messages/queries.py",
        '{"_id": {"$in": ids}, **conversations.visible(ctx)}', '{"_id": {"$in": ids}}', killer=_SIGHT,
        breaks="words find messages of hidden conversations",
    ),
    _wall(
        "hidden-messages-read", "server/desk/messages/reading.py",
        'await conversations.visible_ids(ctx, [message["conversation_id"] for message in found.values()])',
        '{message["conversation_id"] for message in found.values()}', killer=_SIGHT,
        breaks="messages of hidden conversations are marked as read",
    ),
    _wall(
        "hidden-opened", "server/desk/conversations/opening.py", "{**where, **queries.visible(ctx)}", "where",
        killer=_SIGHT, breaks="whoever begins a conversation is given the hidden one that is open",
    ),
    _wall(
        "hidden-by-telephone", "server/desk/messages/reaching.py",
        'await queries.visible_ids(ctx, [conversation["_id"] for conversation in found])',
        '{conversation["_id"] for conversation in found}', killer=_SIGHT,
        breaks="a telephone number leads into hidden conversations",
    ),
    _wall(
        "hidden-told", "server/realtime/floor.py", "if connection.cursor is None and connection not in blind:",
        "if connection.cursor is None:", killer=_SIGHT, breaks="a socket hears what its user may not see",
    ),
    _wall(
        "unreadable-told", "server/realtime/visibility.py", "return needed is None or", "return True or", killer=_TOLD,
        breaks="those who may not read keys and webhooks hear of them",
    ),
    _wall(
        "hidden-line-told", f"{_ISP}/live.py", "if viewer is None or _may_see(viewer, place.conversation)",
        "if place", killer=_SIGHT, breaks="the line shows everyone who waits to everybody",
    ),
    _wall(
        "nobody-is-restricted", "server/realtime/visibility.py", "is Visibility.OWN and not sees_all",
        "is Visibility.OWN and sees_all", killer=_SIGHT, breaks="sockets are taken for those of people who see everything",
    ),
)  # fmt: skip

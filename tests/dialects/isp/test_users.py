"""Users in the ISP dialect: numbers for ids, Portuguese roles, stricter passwords, soft delete."""

from typing import Any

from tests.conftest import PASSWORD, Client, Session
from tests.factories import body_of
from tests.isp import ROOT, STRONG, Person, as_person, enters, refusal

FIELDS = {"id", "email", "nome", "role", "is_active", "created_at"}


def maria(**changes: Any) -> dict[str, Any]:
    return {
        "email": "maria@isp.com",
        "password": STRONG,
        "nome": "Maria Silva",
        "role": "atendente",
        **changes,
    }


async def made(person: Person, **changes: Any) -> dict[str, Any]:
    return await body_of(await person.post("/users", maria(**changes)), 201)


async def test_who_may_what(agent: Person, viewer: Person, hotel: Session) -> None:
    before = await hotel.db.users.count({})
    for person in (agent, viewer):
        for refused in (
            await person.get("/users"),
            await person.post("/users", maria()),
            await person.put(f"/users/{person.number}", {"role": "admin"}),
            await person.put("/users/1", {"nome": "X"}),
            await person.delete("/users/1"),
        ):
            await refusal(refused, 403, "FORBIDDEN")
        # Whom a conversation names may be looked up.
        assert (await person.reads("/users/1"))["nome"] == "Admin"
    assert await hotel.db.users.count({}) == before
    assert await hotel.db.users.count({"role": "ADMIN"}) == 1


async def test_a_supervisor_manages_agents_and_basic_users(supervisor: Person, hotel: Session) -> None:
    assert (await supervisor.get("/users")).status == 200
    agent = await made(supervisor)
    basic = await made(supervisor, email="basico@isp.com", role="user")
    assert (agent["role"], basic["role"]) == ("atendente", "user")
    assert (await supervisor.put(f"/users/{basic['id']}", {"role": "atendente"})).status == 200
    for role in ("admin", "supervisor"):
        await refusal(await supervisor.post("/users", maria(email="x@isp.com", role=role)), 403, "FORBIDDEN")
        await refusal(await supervisor.put(f"/users/{agent['id']}", {"role": role}), 403, "FORBIDDEN")
    for untouchable in (1, supervisor.number):
        await refusal(await supervisor.put(f"/users/{untouchable}", {"nome": "X"}), 403, "FORBIDDEN")
        await refusal(await supervisor.delete(f"/users/{untouchable}"), 403, "FORBIDDEN")
    assert (await body_of(await supervisor.delete(f"/users/{agent['id']}")))["is_active"] is False
    stored = await hotel.db.users.one({"number": agent["id"]})
    assert stored
    assert (stored["role"], stored["status"], stored["name"]) == ("AGENT", "INACTIVE", "Maria Silva")


async def test_another_tenants_user_does_not_exist(admin: Person, rival: Session) -> None:
    """Numbers are each tenant's own: what the rival has beyond ours is not there for us."""
    theirs = await as_person(await rival.colleague())
    assert theirs.number == 2
    for answer in (
        await admin.get("/users/2"),
        await admin.put("/users/2", {"nome": "X"}),
        await admin.delete("/users/2"),
    ):
        await refusal(answer, 404, "NOT_FOUND")
    assert (await admin.reads("/users"))["total"] == 1
    assert (await rival.db.users.one({"number": 2}) or {})["name"] == "Maria Atendente"


async def test_creating_a_user(client: Client, admin: Person, hotel: Session) -> None:
    body = await made(admin, email=" MARIA@isp.com ", role="supervisor")
    assert set(body) == FIELDS
    assert (body["id"], body["email"], body["role"], body["is_active"]) == (
        2,
        "maria@isp.com",
        "supervisor",
        True,
    )
    stored = await hotel.db.users.one({"number": 2})
    assert stored
    assert (stored["role"], stored["name"], stored["email"]) == ("SUPERVISOR", "Maria Silva", "maria@isp.com")
    assert (await enters(client, "maria@isp.com", STRONG)).user["nome"] == "Maria Silva"
    await refusal(await admin.post("/users", maria(nome="Outra")), 409, "CONFLICT")
    assert (await made(admin, email="sem@papel.com"))["role"] == "atendente"


_WRONG: list[tuple[dict[str, Any], str]] = [
    ({"password": "Curta1!"}, "password"),
    ({"password": "semmaiuscula1!"}, "password"),
    ({"password": "SemNumero!"}, "password"),
    ({"password": "SemEspecial1"}, "password"),
    ({"password": "Com Espaco1"}, "password"),
    ({"password": "Ç1!" + "x" * 70}, "password"),
    ({"email": "maria"}, "email"),
    ({"role": "AGENT"}, "role"),
    ({"role": "root"}, "role"),
    ({"role": None}, "role"),
    ({"nome": ""}, "nome"),
    ({"nome": 7}, "nome"),
    ({"name": "Maria"}, "name"),
    ({"is_active": 1}, "is_active"),
]


async def test_a_bad_user_names_its_field(admin: Person, hotel: Session) -> None:
    user = await made(admin)
    for wrong, field in _WRONG:
        new = maria(**{"email": "outra@isp.com", **wrong})
        await refusal(await admin.post("/users", new), 400, "VALIDATION_ERROR", field)
        await refusal(await admin.put(f"/users/{user['id']}", wrong), 400, "VALIDATION_ERROR", field)
    assert await hotel.db.users.count({}) == 2


async def test_the_stricter_rule_holds_on_these_routes_only(hotel: Session, client: Client) -> None:
    user = {"email": "simples@isp.com", "name": "Simples", "password": PASSWORD, "role": "AGENT"}
    assert (await hotel.post("/api/users", user)).status == 201
    assert (await enters(client, "simples@isp.com", PASSWORD)).user["role"] == "atendente"


async def test_the_list_filters_and_pages(admin: Person) -> None:
    for name, role in (("Bruna", "atendente"), ("Carlos", "user"), ("Duda", "supervisor")):
        await made(admin, email=f"{name}@isp.com", nome=name, role=role)
    carlos = next(user for user in (await admin.reads("/users"))["users"] if user["nome"] == "Carlos")
    await admin.delete(f"/users/{carlos['id']}")

    async def names(**query: Any) -> list[str]:
        return [user["nome"] for user in (await admin.reads("/users", **query))["users"]]

    assert await names() == ["Admin", "Bruna", "Carlos", "Duda"]
    assert await names(is_active="true") == ["Admin", "Bruna", "Duda"]
    assert await names(is_active="false") == ["Carlos"]
    assert await names(role="user") == ["Carlos"]
    assert await names(role="supervisor", is_active="true") == ["Duda"]
    assert await names(limit=3, page=2) == ["Duda"]
    page = await admin.reads("/users", limit=3)
    assert {key: page[key] for key in page if key != "users"} == {"total": 4, "page": 1, "pages": 2}
    for wrong, value in (("limit", 101), ("limit", 0), ("page", 0), ("role", "AGENT"), ("is_active", "x")):
        await refusal(await admin.get("/users", **{wrong: value}), 400, "VALIDATION_ERROR", wrong)


async def test_an_id_is_a_whole_number(admin: Person) -> None:
    for nonsense in ("x", "0", "-1", "1.5", str(2**53), "9" * 40, "%00"):
        for method in ("GET", "DELETE"):
            answer = await admin.request(method, f"/users/{nonsense}")
            await refusal(answer, 400, "VALIDATION_ERROR", "user_id")


async def test_changing_and_deactivating(client: Client, admin: Person, hotel: Session) -> None:
    user = await made(admin)
    path = f"/users/{user['id']}"
    changed = await body_of(await admin.put(path, {"nome": "Maria Souza", "email": "nova@isp.com"}))
    assert (changed["nome"], changed["email"], changed["role"]) == (
        "Maria Souza",
        "nova@isp.com",
        "atendente",
    )
    assert await body_of(await admin.put(path, {})) == changed
    maria = await enters(client, "nova@isp.com", STRONG)
    gone = await body_of(await admin.delete(path))
    assert (gone["id"], gone["is_active"]) == (user["id"], False)
    await refusal(await maria.get("/auth/me"), 401, "UNAUTHENTICATED")
    assert (await hotel.db.users.one({"number": user["id"]}) or {})["status"] == "INACTIVE"
    assert (await body_of(await admin.put(path, {"is_active": True, "password": "Outra4Senha!"})))[
        "is_active"
    ]
    assert (await enters(client, "nova@isp.com", "Outra4Senha!")).number == user["id"]


async def test_the_last_admin_stays(admin: Person) -> None:
    for answer in (
        await admin.delete("/users/1"),
        await admin.put("/users/1", {"role": "user"}),
        await admin.put("/users/1", {"is_active": False}),
    ):
        await refusal(answer, 409, "CONFLICT")
    assert (await admin.client.get(f"{ROOT}/auth/me")).status == 401
    assert (await admin.get("/auth/me")).status == 200

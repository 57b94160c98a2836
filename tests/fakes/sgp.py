"""SGP with all its traps: passwords in the answers, another's contract under a colliding id, unordered lists, arrays for
objects, look-ups that open service orders, and a document on which it hangs.
"""

import asyncio
from typing import Any

from aiohttp import web

Json = dict[str, Any]
TOKEN, APP = "token-do-sgp-12345678", "balcao"
MARIA_CPF, JOSE_CPF, HANGING_CPF, EMPRESA_CNPJ = "52998224725", "11144477735", "00000000191", "12ABC34501DE35"
MARIA_CONTRACT, MARIA_OTHER_CONTRACT, JOSE_CONTRACT, EMPRESA_CONTRACT = "1001", "1002", "77", "3003"
MARIA_PHONE = "5511999999999"
PASSWORDS = ("senha-do-pppoe", "senha-da-central")
LINE = "23793.38128 60007.827136 95000.063305 9 84660000009990"
OLDEST_LINE = "23793.38128 60007.827136 95000.063305 1 84360000012345"
PIX = "00020126580014br.gov.bcb.pix0136aaaabbbb-cccc-dddd-eeee-ffff000011115204000053039865802BR6304ABCD"
_WRONG_CREDENTIALS = "Credenciais de autenticação incorretas."


def _contract(contract_id: str, client_id: int, document: str, name: str, **fields: Any) -> Json:
    return {
        "contratoId": int(contract_id), "clienteId": client_id, "cpfCnpj": _formatted(document), "razaoSocial": name,
        "dataNascimento": "1980-02-01", "contratoStatus": 1, "contratoStatusDisplay": "Ativo", "motivo_status": "",
        "servico_plano": "FIBRA 300", "planointernet": "FIBRA 300 MB", "servico_login": f"login{contract_id}",
        "servico_senha": PASSWORDS[0], "contratoCentralSenha": PASSWORDS[1], "endereco_logradouro": "Rua Secreta",
        "telefones": [
            {"tipoContato": "Residencial", "contato": "(11) 3333-4444"},
            {"tipoContato": "Celular Pessoal", "contato": "(11) 99999-9999"},
        ],
        "emails": [{"tipoContato": "Email", "contato": "maria@exemplo.com"}], **fields,
    }  # fmt: skip


def _formatted(document: str) -> str:
    if len(document) == 11:
        return f"{document[:3]}.{document[3:6]}.{document[6:9]}-{document[9:]}"
    return f"{document[:2]}.{document[2:5]}.{document[5:8]}/{document[8:12]}-{document[12:]}"


JOSES = _contract(
    JOSE_CONTRACT, 1001, JOSE_CPF, "José Vizinho", dataNascimento="1975-12-31",
    telefones=[{"tipoContato": "Celular", "contato": "11988880000"}],
)  # fmt: skip


def _invoice(id: int, contract: str, due: str, status: str = "aberto", **fields: Any) -> Json:
    return {
        "id": id, "clienteContrato": int(contract), "status": status, "valor": 99.9, "valorCorrigido": 99.9,
        "dataVencimento": due, "linhaDigitavel": LINE, "codigoBarras": "1" * 44, "codigoPix": None,
        "link": f"https://sgp.exemplo/boleto/{id}", **fields,
    }  # fmt: skip


class FakeSgp:
    """Maria has one contract, and a second one when `second_contract`. Her neighbour José shares numbers with her."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Json]] = []
        self.service_orders = 0
        self.tickets: list[Json] = []
        self.online = True
        self.second_contract = False
        self.paid_up = False
        self.arrays = False  # objects come in arrays
        self.wrong_contract = False  # the access of somebody else's contract
        self.pix_alias = "pix"
        self.fault: str | None = None
        self.maria: Json = {}

    def app(self) -> web.Application:
        app = web.Application()
        ura = "/api/ura"
        app.router.add_post(f"{ura}/consultacliente/", self._handler(self._customers))
        app.router.add_post(f"{ura}/verificaacesso/", self._handler(self._access))
        app.router.add_post(f"{ura}/titulos/", self._handler(self._invoices))
        app.router.add_post(f"{ura}/fatura2via/", self._handler(self._second_copies))
        app.router.add_post(f"{ura}/pagamento/pix/{{invoice}}", self._handler(self._pix))
        app.router.add_post(f"{ura}/chamado/", self._handler(self._ticket))
        return app

    def _handler(self, answer: Any) -> Any:
        async def handle(request: web.Request) -> web.Response:
            is_json = request.content_type == "application/json"
            body = await request.json() if is_json else dict(await request.post())
            self.asked.append((request.path, body))
            if (body.get("token"), body.get("app")) != (TOKEN, APP):
                return web.json_response({"detail": _WRONG_CREDENTIALS}, status=403)
            if self.fault:
                return await self._fail()
            content = answer(body, request)
            if asyncio.iscoroutine(content):
                content = await content
            return web.json_response([content] if self.arrays else content)

        return handle

    async def _fail(self) -> web.Response:
        if self.fault == "slow":
            await asyncio.sleep(30)
        if self.fault == "redirect":
            return web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"})
        if self.fault == "html":
            return web.Response(text="<h1>Manutenção</h1>", content_type="text/html")
        return web.json_response({"detail": "erro"}, status=500)

    def _marias(self) -> list[Json]:
        marias = [_contract(MARIA_CONTRACT, 77, MARIA_CPF, "MARIA DA SILVA", **self.maria)]
        other = {"servico_plano": "FIBRA 600", "contratoStatus": 4, "contratoStatusDisplay": "Suspenso"}
        if self.second_contract:
            marias.append(_contract(MARIA_OTHER_CONTRACT, 77, MARIA_CPF, "MARIA DA SILVA", **other))
        return marias

    async def _customers(self, body: Json, _request: web.Request) -> Json:
        found: list[Json] = []
        document = str(body.get("cpfcnpj", "")).replace(".", "").replace("-", "").replace("/", "")
        if document == HANGING_CPF:
            await asyncio.sleep(30)
        if document == MARIA_CPF:
            # Her client id is the number of José's contract: it comes along.
            found = [JOSES, *self._marias()]
        if document == JOSE_CPF:
            found = [JOSES]
        if document == EMPRESA_CNPJ:
            born = {"dataNascimento": None, "telefones": [{"contato": "1130304040"}]}
            found = [_contract(EMPRESA_CONTRACT, 9, EMPRESA_CNPJ, "EMPRESA LTDA", **born)]
        if str(body.get("telefone", "")).endswith("999999999"):
            found = self._marias()
        if str(body.get("telefone", "")).endswith("33334444"):
            found = [JOSES, *self._marias()]
        return {"msg": "Contrato(s) Localizado(s)" if found else "Nenhum contrato", "contratos": found}

    def _access(self, body: Json, _request: web.Request) -> Json:
        contract = JOSE_CONTRACT if self.wrong_contract else body["contrato"]
        state = (
            {"status": 1, "msg": "Serviço Online"} if self.online else {"status": 2, "msg": "Serviço Offline"}
        )
        return {**state, "contratoId": int(contract), "razaoSocial": "MARIA DA SILVA", "login": "login1001"}

    def _invoices(self, body: Json, _request: web.Request) -> Json:
        listed = [
            _invoice(503, MARIA_CONTRACT, "2026-12-10"),
            _invoice(500, MARIA_CONTRACT, "2026-09-10", "cancelado"),
            _invoice(666, JOSE_CONTRACT, "2026-01-10"),
            _invoice(
                501, MARIA_CONTRACT, "2026-10-10", valorCorrigido="1.123,45", linhaDigitavel=OLDEST_LINE
            ),
            _invoice(499, MARIA_CONTRACT, "2026-08-10", "pago"),
            _invoice(502, MARIA_CONTRACT, "10/11/2026"),
            _invoice(510, MARIA_OTHER_CONTRACT, "2026-11-01"),
        ]
        # Whatever was asked for, the list has it all, in its own order.
        shown = [each for each in listed if not (self.paid_up and each["status"] == "aberto")]
        page = {"offset": 0, "limit": int(body.get("limit", 10)), "parcial": len(shown), "total": len(shown)}
        return {"paginacao": page, "titulos": shown}

    def _second_copies(self, body: Json, _request: web.Request) -> Json:
        if body.get("nao_gerar_os") != "1":
            self.service_orders += 1
        if self.paid_up:
            return {"status": 0, "links": []}
        links = [
            {
                "id": 9000 + fatura, "fatura": fatura, "vencimento": due, "valor": 1123.45, "valor_original": 99.9,
                "linhadigitavel": line, "codigopix": PIX if self.pix_alias == "copy" else "",
                "link": f"https://sgp.exemplo/2via/{fatura}",
            }
            for fatura, due, line in [(503, "2026-12-10", LINE), (501, "2026-10-10", OLDEST_LINE)]
        ]  # fmt: skip
        return {"status": 1, "razaoSocial": "MARIA DA SILVA", "links": links}

    def _pix(self, body: Json, request: web.Request) -> Json:
        if self.pix_alias == "none":
            return {"status": 0, "msg": "PIX não habilitado"}
        assert request.match_info["invoice"] in {"501", "510"}
        assert body["contrato"] in {MARIA_CONTRACT, MARIA_OTHER_CONTRACT}
        return {"status": 1, "msg": "ok", self.pix_alias: PIX}

    def _ticket(self, body: Json, request: web.Request) -> Json:
        if request.content_type != "application/json":
            return {"status": 0, "msg": "JSON esperado"}
        self.tickets.append(body)
        protocol = f"2026{len(self.tickets):06}"
        return {
            "status": 1,
            "protocolo": protocol,
            "contratoId": int(body["contrato"]),
            "msg": "Chamado aberto",
        }

    def paths(self) -> list[str]:
        return [path.removeprefix("/api/ura/").rstrip("/") for path, _ in self.asked]

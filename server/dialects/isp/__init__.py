"""The API of the ISP chat: seed document 003 and `docs/isp-api.md`."""

from server.dialects.isp import auth, chatbot, conversations, dashboard, docs, media, users, whatsapp
from server.dialects.isp.dialect import Isp
from server.web.endpoint import Route, every

dialect = Isp()
routes: list[Route] = every(
    [
        auth.routes,
        users.routes,
        conversations.routes,
        chatbot.routes,
        dashboard.routes,
        whatsapp.routes,
        media.routes,
    ]
)
routes += docs.describing(routes)

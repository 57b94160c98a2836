"""How often one may ask (seed 003, Rate Limiting): whoever is known by himself, the others by their address."""

from limits import parse

from server.web.rate_limit import Rule

LOGINS = Rule("isp.login", parse("5 per 15 minutes"), essential=True)
REGISTRATIONS = Rule("isp.register", parse("3 per hour"), essential=True)
SENDS = Rule("isp.send", parse("100 per minute"))
ASSISTANT = Rule("isp.assistant", parse("30 per minute"))
OTHERS = Rule("isp", parse("100 per minute"))
# Meta calls from a few addresses for all tenants, and its bursts are customers' messages.
WEBHOOKS = Rule("isp.webhook", parse("6000 per minute"))
